namespace Weft.Agents.Models.Budgets;

/// <summary>What is held at one budget.</summary>
internal sealed record BudgetHold(BudgetScope Scope, decimal Usd);
