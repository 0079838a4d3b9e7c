using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Agents.Models.Catalog;

/// <summary>
/// The models, profiles and providers that are known: the product's catalog, with a host's and a workflow's own laid over it. Immutable.
/// </summary>
public sealed class ModelCatalog
{
    private static readonly Lazy<ModelCatalog> Shipped = new(() => new ModelCatalog(CatalogFile.ReadBuiltIn()));

    private readonly CatalogContent _content;
    private readonly Dictionary<string, ModelSpec> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ModelProfile> _profiles;
    private readonly Dictionary<string, ProviderSpec> _providers = new(StringComparer.OrdinalIgnoreCase);

    private ModelCatalog(CatalogContent content)
    {
        _content = content;
        foreach (var provider in content.Providers)
        {
            _providers[provider.Name] = provider;
            foreach (var alias in provider.Aliases)
            {
                _providers.TryAdd(alias, provider);
            }
        }

        _profiles = content.Profiles.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

        // A name means its model before any alias does, an alias before a provider's id, and earlier entries before later ones.
        foreach (var model in content.Models)
        {
            _byName[model.Name] = model;
        }

        foreach (var model in content.Models)
        {
            foreach (var alias in model.Aliases)
            {
                _byName.TryAdd(alias, model);
            }
        }

        foreach (var model in content.Models)
        {
            _byName.TryAdd(model.Model, model);
            _byName.TryAdd($"{model.Provider}/{model.Model}", model);
            _byName.TryAdd($"{model.Provider}/{model.Name}", model);
        }
    }

    /// <summary>Gets the catalog that comes with the product.</summary>
    public static ModelCatalog BuiltIn => Shipped.Value;

    /// <summary>Gets every model in the order of the files, retired ones included.</summary>
    public IReadOnlyList<ModelSpec> Models => _content.Models;

    /// <summary>Gets the profiles, by name.</summary>
    public IReadOnlyList<ModelProfile> Profiles => _content.Profiles;

    /// <summary>Gets the providers, by name.</summary>
    public IReadOnlyList<ProviderSpec> Providers => _content.Providers;

    /// <summary>
    /// Finds a model by its name, an alias, the provider's id, or <c>provider/model</c> (<c>provider:model</c>); case does not matter.
    /// </summary>
    /// <remarks>
    /// A known provider's model that no entry describes is answered all the same, with price, window and latency unknown.
    /// </remarks>
    public ModelSpec? Find(string name)
    {
        if (_byName.TryGetValue(name, out var spec))
        {
            return spec;
        }

        var cut = name.IndexOfAny(['/', ':']);
        return cut > 0 && cut < name.Length - 1 && Provider(name[..cut]) is { } provider
            ? _byName.GetValueOrDefault($"{provider.Name}/{name[(cut + 1)..]}")
                ?? new ModelSpec { Name = name, Provider = provider.Name, Model = name[(cut + 1)..] }
            : null;
    }

    /// <summary>Gets every name by which a model can be found.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>Finds a profile by name.</summary>
    /// <exception cref="WeftException">Code <c>unknown_profile</c>.</exception>
    public ModelProfile Profile(string name) => _profiles.GetValueOrDefault(name) ?? throw new WeftException(
        "unknown_profile", Fault.Invalid, $"There is no model profile '{name}'.{NearMiss.HintOrList(name, _profiles.Keys, "Profiles")}");

    /// <summary>Finds a provider by its name or an alias.</summary>
    public ProviderSpec? Provider(string name) => _providers.GetValueOrDefault(name);

    /// <summary>
    /// Lays a catalog file of the host over this one: a model, profile or provider of the same name is replaced, others are added.
    /// </summary>
    /// <exception cref="WeftException">Code <c>invalid_catalog</c>: the file has faults, or names what nothing defines.</exception>
    public ModelCatalog WithFile(string yaml, string file)
    {
        var over = CatalogFile.Parse(yaml, file);
        var merged = new ModelCatalog(new CatalogContent(
            Overlay(_content.Providers, over.Providers, p => p.Name),
            Overlay(_content.Profiles, over.Profiles, p => p.Name),
            Overlay(_content.Models, over.Models, m => m.Name)));
        var faults = merged.Profiles.SelectMany(p => p.Candidates.Where(c => merged.Find(c) is null)
                .Select(c => $"profile '{p.Name}' names the model '{c}', which nothing defines.{NearMiss.Hint(c, merged._byName.Keys)}"))
            .Concat(over.Models.Where(m => merged.Provider(m.Provider) is null)
                .Select(m =>
                    $"model '{m.Name}' names the provider '{m.Provider}', which nothing "
                    + $"defines.{NearMiss.HintOrList(m.Provider, merged._providers.Keys)}"))
            .ToList();
        return faults is [] ? merged : throw new WeftException("invalid_catalog", Fault.NotSetUp, $"{file}: {string.Join(" ", faults)}");
    }

    /// <summary>
    /// Lays a workflow's own models over this catalog: each inherits what it does not say from the entry of the same name, else of the same
    /// provider's id.
    /// </summary>
    public ModelCatalog With(IReadOnlyList<ModelDefinition> models) => models.Count == 0
        ? this
        : new ModelCatalog(_content with { Models = Overlay(_content.Models, [.. models.Select(Complete)], m => m.Name) });

    private ModelSpec Complete(ModelDefinition definition)
    {
        var provider = Provider(definition.Provider)?.Name ?? definition.Provider;
        var known = Find(definition.Name) is { } named && Same(named.Provider, provider) && Same(named.Model, definition.Model) ? named
            : _content.Models.FirstOrDefault(
                m => Same(m.Provider, provider) && (Same(m.Model, definition.Model) || Same(m.Name, definition.Model)));
        var spec = known ?? new ModelSpec { Name = definition.Name, Provider = provider, Model = definition.Model };
        return spec with
        {
            Name = definition.Name,
            Aliases = [],
            ContextWindow = definition.ContextWindow ?? spec.ContextWindow,
            Price = PriceOf(definition, spec.Price),
            AvgLatencyMs = definition.AvgLatencyMs ?? spec.AvgLatencyMs,
            QualityScore = definition.QualityScore ?? spec.QualityScore,
            BaseUrl = definition.BaseUrl,
            ApiKey = definition.ApiKey,
            Organization = definition.Organization,
            Supports = With(
                With(With(spec.Supports, ModelSupport.Tools, definition.SupportsTools), ModelSupport.Vision, definition.SupportsVision),
                ModelSupport.Streaming, definition.SupportsStreaming),
            Temperature = definition.Temperature,
            MaxTokens = definition.MaxTokens,
            Timeout = definition.Timeout,
            Params = definition.Params,

            // Who writes a model into a file means to call it.
            Retired = false,
        };
    }

    private static ModelSupport With(ModelSupport supports, ModelSupport one, bool? has) =>
        has switch { true => supports | one, false => supports & ~one, null => supports };

    // A price of which one half is unknown is unknown: half a price would bill too little, unnoticed.
    private static ModelPrice? PriceOf(ModelDefinition definition, ModelPrice? known) =>
        definition.CostPer1kInput is null && definition.CostPer1kOutput is null ? known
        : ((decimal?)definition.CostPer1kInput ?? known?.Input,
            (decimal?)definition.CostPer1kOutput ?? known?.Output) is ({ } input, { } output)
            ? new ModelPrice(input, null, output)
            : null;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static List<T> Overlay<T>(IReadOnlyList<T> under, IReadOnlyList<T> over, Func<T, string> name)
    {
        var replaced =
            over.GroupBy(name, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last(), StringComparer.OrdinalIgnoreCase);
        var merged = under.Select(u => replaced.Remove(name(u), out var by) ? by : u).ToList();
        merged.AddRange(over.Where(o => replaced.Remove(name(o))));
        return merged;
    }
}
