using Weft.Agents.Models.Catalog;
using Weft.Agents.Tools;
using Weft.Language.Definitions;
using Weft.Runtime.Cards;

namespace Weft.Runtime.Registry;

/// <summary>What a definition may name besides its own parts: registered agents, the catalog's models, other workflows.</summary>
/// <param name="agents">The registered agents.</param>
/// <param name="tools">Whose tools files may bring along.</param>
/// <param name="models">The catalog.</param>
public sealed class KnownNames(AgentRegistry agents, IEnumerable<IToolProvider> tools, ModelCatalog models)
{
    /// <summary>What a registry loads with: whatever is not known yet may be put later, and is a warning.</summary>
    public async Task<LoadOptions> ForRegistryAsync(IEnumerable<string> workflows, CancellationToken cancellationToken)
    {
        var cards = await agents.ListAsync(new AgentQuery(), cancellationToken);
        return Options(cards.Select(c => c.Card.Name), models, workflows) with
        {
            NamesMayComeLater = true,
            ToolTypes = [.. LoadOptions.Default.ToolTypes.Union(tools.Select(t => t.Name))],
        };
    }

    /// <summary>What files are checked against where no registry is: the agents and models that ship, and what lies beside them.</summary>
    /// <param name="cards">The names of the cards that lie beside the files.</param>
    /// <param name="workflows">The ids of the workflows that do.</param>
    public static LoadOptions ForFiles(IEnumerable<string> cards, IEnumerable<string> workflows) =>
        Options(BuiltInAgents.All.Select(a => a.Name).Concat(cards), ModelCatalog.BuiltIn, workflows);

    private static LoadOptions Options(IEnumerable<string> agents, ModelCatalog models, IEnumerable<string> workflows) =>
        LoadOptions.Default with
    {
        KnownAgents = agents.ToHashSet(StringComparer.Ordinal),
        StandInAgents = BuiltInAgents.TypeNames,
        KnownModels = models.Names.ToHashSet(StringComparer.OrdinalIgnoreCase),
        KnownProviders = [.. models.Providers.SelectMany(p => p.Aliases.Prepend(p.Name))],
        KnownWorkflows = workflows.ToHashSet(StringComparer.Ordinal),
    };
}
