using System.Globalization;

namespace Weft.Agents.Models.Budgets;

/// <summary>A budget that a call does not fit into.</summary>
internal sealed record BudgetRefusal(BudgetScope Scope, BudgetStatus Status, decimal NeededUsd)
{
    /// <summary>Gets a value indicating whether the call may fit once the calls under way have settled.</summary>
    public bool MayFitLater => Status.SpentUsd + NeededUsd <= Status.LimitUsd;

    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"it may cost ${NeededUsd:0.######}, and of the ${Status.LimitUsd:0.####} for {Scope.Label} ${Status.SpentUsd:0.######} are "
        + $"spent and ${Status.ReservedUsd:0.######} are held by calls under way. Raise {Scope.Setting}, or allow a cheaper model");
}
