using Weft.Agents.Models.Budgets;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Calls;

/// <summary>What a call may spend, and what is reserved for it; or why it is not made.</summary>
/// <param name="Plan">Its length and cost.</param>
/// <param name="Reservation">What the budgets hold for it.</param>
/// <param name="Refusal">Why the money does not suffice; null: it does.</param>
internal sealed record FundedCall(SpendingPlan Plan, BudgetReservation Reservation, ModelFailure? Refusal);
