namespace Weft.Agents.Models.Budgets;

/// <summary>Where a budget stands.</summary>
/// <param name="Scope">What it is a budget of, in words.</param>
/// <param name="Kind">conversation, execution, day or month.</param>
/// <param name="Id">The conversation, the execution, or the period.</param>
/// <param name="Owner">The workflow; <c>*</c>: all of the host.</param>
/// <param name="LimitUsd">The limit as the last call had it.</param>
/// <param name="SpentUsd">What settled calls cost.</param>
/// <param name="ReservedUsd">What calls under way may cost at most.</param>
/// <param name="Alerted">Whether the threshold was passed.</param>
public sealed record BudgetStatus(
    string Scope, string Kind, string Id, string Owner, decimal LimitUsd, decimal SpentUsd, decimal ReservedUsd, bool Alerted)
{
    /// <summary>Gets what is left for further calls; never below 0.</summary>
    public decimal RemainingUsd => Math.Max(0, LimitUsd - SpentUsd - ReservedUsd);
}
