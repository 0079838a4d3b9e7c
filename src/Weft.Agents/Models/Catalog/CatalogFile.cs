using System.Globalization;
using Weft.Language;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Weft.Agents.Models.Catalog;

/// <summary>Reads a catalog file: providers, profiles and models, with every fault and its place.</summary>
internal static class CatalogFile
{
    private static readonly Dictionary<string, ModelSupport> SupportWords = new(StringComparer.Ordinal)
    {
        ["tools"] = ModelSupport.Tools,
        ["vision"] = ModelSupport.Vision,
        ["structured_output"] = ModelSupport.StructuredOutput,
        ["json_mode"] = ModelSupport.JsonMode,
        ["reasoning"] = ModelSupport.Reasoning,
        ["streaming"] = ModelSupport.Streaming,
    };

    /// <summary>Reads the catalog that comes with the product.</summary>
    public static CatalogContent ReadBuiltIn()
    {
        using var stream = typeof(CatalogFile).Assembly.GetManifestResourceStream("Weft.Agents.Models.catalog.yaml")
            ?? throw new InvalidOperationException("The assembly lacks its catalog.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "catalog.yaml");
    }

    /// <summary>Reads a catalog.</summary>
    /// <exception cref="WeftException">Code <c>invalid_catalog</c>: all faults, in file order.</exception>
    public static CatalogContent Parse(string yaml, string file)
    {
        CatalogDocument document;
        try
        {
            document = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .Build()
                .Deserialize<CatalogDocument?>(yaml) ?? new CatalogDocument();
        }
        catch (YamlException exception)
        {
            throw new WeftException(
                "invalid_catalog", Fault.NotSetUp, $"{file}:{exception.Start.Line}:{exception.Start.Column} {Innermost(exception).Message}",
                exception);
        }

        var faults = new List<string>();
        var content = new CatalogContent(
            [.. (document.Providers ?? []).Select(p => Provider(p, faults)).OfType<ProviderSpec>()],
            [.. (document.Profiles ?? []).Select(p => Profile(p, faults)).OfType<ModelProfile>()],
            [.. (document.Models ?? []).Select(m => Model(m, faults)).OfType<ModelSpec>()]);
        foreach (var twice in content.Models.GroupBy(m => m.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            faults.Add($"model '{twice.Key}' stands there {twice.Count()} times; a name means one model");
        }

        return faults is []
            ? content
            : throw new WeftException(
                "invalid_catalog", Fault.NotSetUp, $"{file} has {faults.Count} fault(s): {string.Join("; ", faults)}.");
    }

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;

    private static ProviderSpec? Provider(ProviderEntry entry, List<string> faults)
    {
        var kind = entry.Kind switch
        {
            "openai" => ProviderKind.OpenAi,
            "azure" => ProviderKind.Azure,
            "anthropic" => ProviderKind.Anthropic,
            _ => (ProviderKind?)null,
        };
        if (string.IsNullOrWhiteSpace(entry.Name) || kind is null)
        {
            faults.Add($"provider '{entry.Name}' needs a name and a kind: openai, azure or anthropic");
            return null;
        }

        if (entry.BaseUrl is not null && !Uri.TryCreate(entry.BaseUrl, UriKind.Absolute, out _))
        {
            faults.Add($"provider '{entry.Name}': base_url '{entry.BaseUrl}' is no absolute URL");
        }

        return new ProviderSpec
        {
            Name = entry.Name,
            Aliases = entry.Aliases ?? [],
            Kind = kind.Value,
            BaseUrl = entry.BaseUrl,
            BaseUrlFrom = entry.BaseUrlFrom,
            BasePath = entry.BasePath,
            KeyFrom = entry.KeyFrom,
            MaxTokensField = entry.MaxTokensField ?? "max_completion_tokens",
        };
    }

    private static ModelProfile? Profile(ProfileEntry entry, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(entry.Name) || entry.Weights is not { } weights)
        {
            faults.Add($"profile '{entry.Name}' needs a name and weights: latency, cost and quality");
            return null;
        }

        if (weights.Latency < 0 || weights.Cost < 0 || weights.Quality < 0
            || Math.Abs(weights.Latency + weights.Cost + weights.Quality - 1) > 0.001)
        {
            faults.Add($"profile '{entry.Name}': the weights are 0 or more, and 1 together");
        }

        if (entry.MaxCostPerCall < 0 || entry.MaxLatencyMs < 0)
        {
            faults.Add($"profile '{entry.Name}': max_cost_per_call and max_latency_ms are 0 or more");
        }

        return new ModelProfile
        {
            Name = entry.Name,
            Primary = entry.Primary ?? [],
            Fallback = entry.Fallback ?? [],
            MaxCostPerCall = entry.MaxCostPerCall,
            MaxLatencyMs = entry.MaxLatencyMs,
            Weights = new ProfileWeights(weights.Latency, weights.Cost, weights.Quality),
        };
    }

    private static ModelSpec? Model(ModelEntry entry, List<string> faults)
    {
        var name = entry.Name ?? entry.Model;
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(entry.Provider))
        {
            faults.Add($"model '{name}' needs a name (or model) and a provider");
            return null;
        }

        var before = faults.Count;
        var unknown = (entry.Supports ?? []).Where(w => !SupportWords.ContainsKey(w)).ToList();
        faults.AddRange(unknown.Select(w => $"model '{name}': supports has no '{w}'.{NearMiss.HintOrList(w, SupportWords.Keys)}"));
        Check(entry.ContextWindow is null or > 0, "context_window is above 0");
        Check(entry.MaxOutputTokens is null or > 0, "max_output_tokens is above 0");
        Check(entry.AvgLatencyMs is null or >= 0, "avg_latency_ms is 0 or more");
        Check(entry.QualityScore is null or (>= 0 and <= 10), "quality_score is from 0 to 10");
        Check(entry.CostPer1kInput is null == entry.CostPer1kOutput is null, "cost_per_1k_input and cost_per_1k_output go together");
        Check(entry.CostPer1kInput is null or >= 0 && entry.CostPer1kOutput is null or >= 0 && entry.CostPer1kCachedInput is null or >= 0,
            "prices are 0 or more");
        return faults.Count > before ? null : new ModelSpec
        {
            Name = name,
            Provider = entry.Provider,
            Model = entry.Model ?? name,
            Aliases = entry.Aliases ?? [],
            ContextWindow = entry.ContextWindow,
            MaxOutputTokens = entry.MaxOutputTokens,
            Price = PriceOf(entry),
            AvgLatencyMs = entry.AvgLatencyMs,
            QualityScore = entry.QualityScore,
            Supports = entry.Supports is null
                ? ModelSupport.Tools | ModelSupport.Streaming
                : entry.Supports.Aggregate(ModelSupport.None, (all, word) => all | SupportWords[word]),
            AcceptsTemperature = entry.AcceptsTemperature ?? true,
            AcceptsForcedTools = entry.AcceptsForcedTools ?? true,
            Retired = entry.Retired ?? false,
        };

        void Check(bool holds, string rule)
        {
            if (!holds)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"model '{name}': {rule}"));
            }
        }
    }

    private static ModelPrice? PriceOf(ModelEntry entry) =>
        entry is not { CostPer1kInput: { } input, CostPer1kOutput: { } output } ? null
        : entry.LongPrompt is not { } tier ? new ModelPrice(input, entry.CostPer1kCachedInput, output)
        : new ModelPrice(input, entry.CostPer1kCachedInput, output)
        {
            LongPromptAbove = tier.AboveTokens,
            LongPrompt = new ModelPrice(tier.CostPer1kInput, tier.CostPer1kCachedInput, tier.CostPer1kOutput),
        };
}
