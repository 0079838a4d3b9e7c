using Microsoft.Extensions.Options;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Tokens;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Models.Calls;

/// <summary>Finds out what a call may cost, and reserves it.</summary>
/// <remarks>
/// A prompt is reserved for by the ceiling of its estimate, which costs nothing to find. Only where that ceiling is a good part of what is
/// left, of the window or of the money, and would cut the reply short or refuse the call, is it counted.
/// </remarks>
internal sealed class CallFunding(BudgetLedger budgets, TokenCounter tokens, IOptions<ModelsOptions> options, TimeProvider time)
{
    /// <summary>The tokens of a text as they are billed: counted where they cost something.</summary>
    public Func<string, int> TokensFor(ModelSpec spec) => spec.Price is null ? TokenEstimator.Estimate : text => tokens.Count(spec, text);

    /// <summary>Plans a call and reserves for it. What is reserved must be settled.</summary>
    public async Task<FundedCall> FundAsync(
        CallModelRequest input, ModelSpec spec, PreparedCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var plan = SpendingPlan.ByEstimate(input, spec, call, options.Value);
        if (plan.IsTooRoughFor(input, spec, options.Value)
            || (input.CostControls?.MaxCostPerCall is { } each && plan.IsTooRoughFor((decimal)each, spec)))
        {
            plan = Counted();
        }

        var scopes = BudgetScope.For(input.Scope, input.CostControls, options.Value, time.GetUtcNow());
        var funded = await ReserveAsync(input, spec, plan, scopes, timeout, cancellationToken);
        var left = funded.Reservation.Refusal?.Status.RemainingUsd ?? funded.Reservation.GrantedUsd;
        if (!plan.IsTooRoughFor(left, spec))
        {
            return funded;
        }

        await budgets.SettleAsync(funded.Reservation, 0);
        return await ReserveAsync(input, spec, Counted(), scopes, timeout, cancellationToken);

        SpendingPlan Counted() => SpendingPlan.ByCount(input, spec, call, options.Value, text => tokens.Count(spec, text));
    }

    private async Task<FundedCall> ReserveAsync(
        CallModelRequest input, ModelSpec spec, SpendingPlan plan, IReadOnlyList<BudgetScope> scopes, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var nothing = new BudgetReservation([], "", decimal.MaxValue, null);
        if (input.CostControls?.MaxCostPerCall is { } each)
        {
            if (plan.LeastUsd is { } least && least > (decimal)each)
            {
                return new FundedCall(plan, nothing, PerCallRefusal(spec, least, each));
            }

            plan = plan.Within((decimal)each, spec);
        }

        var reservation = await budgets.ReserveAsync(scopes, plan.LeastUsd ?? 0, plan.MostUsd ?? 0, timeout, cancellationToken);
        return reservation.Refusal is not { } refused ? new FundedCall(plan.Within(reservation.GrantedUsd, spec), reservation, null)
            : new FundedCall(plan, reservation,
                ModelFailureKind.BudgetExceeded.Failure($"{spec.Provider}/{spec.Model} was not called: {refused.Words}.") with
            {
                Transient = refused.MayFitLater,
            });
    }

    private static ModelFailure PerCallRefusal(ModelSpec spec, decimal least, double limit) => ModelFailureKind.BudgetExceeded.Failure(
        FormattableString.Invariant(
            $"{spec.Provider}/{spec.Model} was not called: it may cost ${least:0.######}, and one call may cost ${limit:0.######}. ")
        + "Raise cost_controls.max_cost_per_call, shorten the prompt, or allow a cheaper model.");
}
