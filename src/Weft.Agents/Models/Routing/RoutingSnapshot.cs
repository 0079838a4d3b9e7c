using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;

namespace Weft.Agents.Models.Routing;

/// <summary>All that a ranking depends on besides its request, at one moment.</summary>
internal sealed record RoutingSnapshot
{
    public required ModelCatalog Catalog { get; init; }

    /// <summary>Gets why a model cannot be reached, such as a missing key; null: it can.</summary>
    public required Func<ModelSpec, string?> Unreachable { get; init; }

    public required Func<ModelSpec, ModelCondition> Condition { get; init; }

    /// <summary>Gets the budgets that would pay.</summary>
    public IReadOnlyList<BudgetStatus> Budgets { get; init; } = [];

    public double ContextMargin { get; init; } = 0.8;
}
