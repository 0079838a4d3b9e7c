using System.Collections.Concurrent;
using Weft.Agents.Storage;

namespace Weft.Agents.Models.Catalog;

/// <summary>The catalog that a step sees: the host's, with the models of the step's own workflow laid over it.</summary>
internal sealed class WorkflowCatalogs(ModelCatalog catalog, IDefinitionSource definitions)
{
    // One entry per version of a workflow that runs; far more than run at a time.
    private const int MostKept = 256;

    private static readonly IReadOnlyDictionary<string, string> NoEnv = new Dictionary<string, string>();

    private readonly ConcurrentDictionary<string, StepCatalog> _byHash = new(StringComparer.Ordinal);

    /// <summary>Gets the host's own, for what no workflow asks.</summary>
    public StepCatalog Host { get; } = new(catalog, NoEnv);

    public async Task<StepCatalog> ForAsync(string contentHash, CancellationToken cancellationToken)
    {
        if (contentHash.Length == 0)
        {
            return Host;
        }

        if (_byHash.TryGetValue(contentHash, out var known))
        {
            return known;
        }

        // One that is not stored is not remembered either: it may be stored by the next call.
        if (await definitions.GetAsync(contentHash, cancellationToken) is not { } definition)
        {
            return Host;
        }

        if (_byHash.Count >= MostKept)
        {
            _byHash.Clear();
        }

        return _byHash[contentHash] = definition.Models.Count == 0 && definition.Env.Count == 0
            ? Host
            : new StepCatalog(catalog.With(definition.Models), definition.Env);
    }
}
