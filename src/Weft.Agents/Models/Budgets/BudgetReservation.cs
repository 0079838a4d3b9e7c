using System.Globalization;

namespace Weft.Agents.Models.Budgets;

/// <summary>What a call holds at each of its budgets, or which one refused it.</summary>
/// <param name="Holds">What is held where.</param>
/// <param name="Lapses">The minute in which it lapses.</param>
/// <param name="GrantedUsd">The least that any of them granted: the call must not cost more.</param>
/// <param name="Refusal">Why nothing is held.</param>
internal sealed record BudgetReservation(IReadOnlyList<BudgetHold> Holds, string Lapses, decimal GrantedUsd, BudgetRefusal? Refusal);

/// <summary>What is held at one budget.</summary>
internal sealed record BudgetHold(BudgetScope Scope, decimal Usd);

/// <summary>A budget that a call does not fit into.</summary>
internal sealed record BudgetRefusal(BudgetScope Scope, BudgetStatus Status, decimal NeededUsd)
{
    /// <summary>Gets a value indicating whether the call may fit once the calls under way have settled.</summary>
    public bool MayFitLater => Status.SpentUsd + NeededUsd <= Status.LimitUsd;

    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"it may cost ${NeededUsd:0.######}, and of the ${Status.LimitUsd:0.####} for {Scope.Label} ${Status.SpentUsd:0.######} are spent and ${Status.ReservedUsd:0.######} are held by calls under way. Raise {Scope.Setting}, or allow a cheaper model");
}
