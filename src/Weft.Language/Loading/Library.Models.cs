using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>The models.</summary>
internal sealed partial class Library
{
    private readonly List<ModelDefinition> _models = [];
    private readonly Dictionary<SourceMap, string> _modelsBySource = new(SourceMap.ByText);

    public IReadOnlyList<ModelDefinition> Models => _models;

    /// <summary>The name of a model: a text as it is, a model written out under the name it gets.</summary>
    public string? ModelName(SourceNode? node, string owner)
    {
        switch (node)
        {
            case SourceScalar name:
                return CheckedModel(name);
            case SourceMap map when _modelsBySource.TryGetValue(map, out var known):
                return known;
            case SourceMap map:
                return AddInline(map, owner);
            default:
                return null;
        }
    }

    /// <summary>A model's name, checked against the file's models and the catalog.</summary>
    public string CheckedModel(SourceScalar name)
    {
        if (_models.Find(m => m.Name == name.Text || $"{m.Provider}:{m.Model}" == name.Text) is { } own)
        {
            return own.Name;
        }

        if (_context.Options.KnownModels is { } catalog && !catalog.Contains(name.Text, StringComparer.OrdinalIgnoreCase)
            && !IsOfAProvider(name.Text))
        {
            var hint = NearMiss.HintOrList(name.Text, catalog.Concat(_models.Select(m => m.Name)), "Known models");
            ReportUnknown(
                DiagnosticCodes.UnknownModel,
                name,
                $"No model is called '{name.Text}'.{hint} Name another, or define it under 'models'.");
        }

        return name.Text;
    }

    /// <summary>Whether a name is <c>provider/model</c>: such a model needs no entry.</summary>
    private bool IsOfAProvider(string name) =>
        name.IndexOfAny(['/', ':']) is > 0 and var cut && cut < name.Length - 1
        && _context.Options.KnownProviders.Concat(_models.Select(m => m.Provider)).Contains(name[..cut], StringComparer.OrdinalIgnoreCase);

    private void ReportUnknown(string code, SourceScalar name, string message)
    {
        if (_context.Options.NamesMayComeLater)
        {
            Bag.Warn(code, name, message);
        }
        else
        {
            Bag.Error(code, name, message);
        }
    }

    private void ReadModels()
    {
        SourceMap? firstDefault = null;
        foreach (var map in _context.Root.Maps("models"))
        {
            if (map.Text("provider") is null || map.Text("model") is null)
            {
                continue;
            }

            if (map.Bool("default") == true)
            {
                if (firstDefault is not null)
                {
                    Bag.Error(DiagnosticCodes.SeveralDefaults, map.Value("default")!,
                        $"Another model, in line {firstDefault.Line}, is the default already. Only one can be.");
                }

                firstDefault ??= map;
            }

            var model = Model(map, map.Text("provider")!, map.Text("model")!);
            var name = _models.Exists(m => m.Name == model.Name) ? $"{model.Provider}:{model.Model}" : model.Name;
            if (_models.Exists(m => m.Name == name))
            {
                Bag.Error(DiagnosticCodes.DuplicateId, map, $"Another model is called '{name}' already. Give one of them an 'id'.");
                continue;
            }

            _models.Add(model with { Name = name });
            _modelsBySource[map] = name;
        }

        foreach (var model in _context.Options.Project?.Models ?? [])
        {
            if (!_models.Exists(m => m.Name == model.Name))
            {
                _models.Add(firstDefault is null ? model : model with { Default = false });
            }
        }
    }

    private string? AddInline(SourceMap map, string owner)
    {
        var fallback = _models.Find(m => m.Default) ?? (_models.Count == 1 ? _models[0] : null);
        var provider = map.Text("provider") ?? fallback?.Provider;
        var name = map.Text("model") ?? (fallback is not null && fallback.Provider == provider ? fallback.Model : null);
        if (provider is null || name is null)
        {
            Bag.Error(DiagnosticCodes.Missing, map, $"A model that is written out needs '{(provider is null ? "provider" : "model")}'.");
            return null;
        }

        var model = Model(map, provider, name);
        var same = _models.Find(m => m.Provider == provider && m.Model == name && (IsBare(model) || IsSame(m, model)));
        if (same is not null)
        {
            return _modelsBySource[map] = same.Name;
        }

        var free = !_models.Exists(m => m.Name == model.Name) ? model.Name : $"{model.Name}@{owner}";
        _models.Add(model with { Name = free, Default = false, Temperature = null, MaxTokens = null });
        return _modelsBySource[map] = free;
    }

    private ModelDefinition Model(SourceMap map, string provider, string model)
    {
        SecretScan.CheckKey(map.Scalar("api_key"), provider, Bag);
        return new ModelDefinition
        {
            Name = map.Text("id") ?? model,
            Provider = provider,
            Model = model,
            ApiKey = map.Text("api_key"),
            BaseUrl = map.Text("base_url"),
            Organization = map.Text("organization"),
            Default = map.Bool("default") ?? false,
            Temperature = map.Double("temperature") ?? map.Map("params")?.Double("temperature"),
            MaxTokens = map.Int("max_tokens") ?? map.Map("params")?.Int("max_tokens"),
            ContextWindow = map.Int("context_window"),
            CostPer1kInput = map.Double("cost_per_1k_input"),
            CostPer1kOutput = map.Double("cost_per_1k_output"),
            AvgLatencyMs = map.Int("avg_latency_ms"),
            QualityScore = map.Double("quality_score"),
            SupportsTools = map.Bool("supports_tools"),
            SupportsVision = map.Bool("supports_vision"),
            SupportsStreaming = map.Bool("supports_streaming"),
            Timeout = map.Duration("timeout"),
            RetryAttempts = map.Int("retry_attempts"),
            RateLimit = map.JsonObject("rate_limit"),
            Params = map.JsonObject("params"),
        };
    }

    private static bool IsBare(ModelDefinition model) =>
        IsSame(model, new ModelDefinition { Name = "", Provider = model.Provider, Model = model.Model });

    /// <summary>
    /// Whether two entries say the same of a model, but for its name and what goes to the agent (temperature, length of replies).
    /// </summary>
    private static bool IsSame(ModelDefinition a, ModelDefinition b) =>
        Bare(a) == Bare(b) && JsonNode.DeepEquals(a.Params, b.Params) && JsonNode.DeepEquals(a.RateLimit, b.RateLimit);

    private static ModelDefinition Bare(ModelDefinition model) =>
        model with { Name = "", Default = false, Temperature = null, MaxTokens = null, Params = null, RateLimit = null };
}
