namespace Weft.Agents.Models.Budgets;

/// <summary>What a call holds at each of its budgets, or which one refused it.</summary>
/// <param name="Holds">What is held where.</param>
/// <param name="Lapses">The minute in which it lapses.</param>
/// <param name="GrantedUsd">The least that any of them granted: the call must not cost more.</param>
/// <param name="Refusal">Why nothing is held.</param>
internal sealed record BudgetReservation(IReadOnlyList<BudgetHold> Holds, string Lapses, decimal GrantedUsd, BudgetRefusal? Refusal);
