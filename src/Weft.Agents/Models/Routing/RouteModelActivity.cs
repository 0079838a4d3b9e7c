using Microsoft.Extensions.Logging;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Models.Routing;

/// <summary>The activity <see cref="StepNames.RouteModel"/>.</summary>
internal sealed class RouteModelActivity(ModelRouter router, ILogger<RouteModelActivity> logger)
    : IActivity<RouteModelRequest, RoutingDecision>
{
    public async Task<RoutingDecision> RunAsync(ActivityContext context, RouteModelRequest input, CancellationToken cancellationToken)
    {
        RoutingDecision decision;
        try
        {
            decision = await router.RouteAsync(input, cancellationToken);
        }
        catch (WeftException exception) when (exception is not ActivityException)
        {
            // A name that nothing defines stays unknown however often one asks.
            throw new ActivityException(
                exception.Code, exception.Fault with { Retryable = false }, exception.Message, innerException: exception);
        }

        if (decision.Ranked is [var best, ..])
        {
            logger.ModelRouted(
                input.Scope.ExecutionId, input.Scope.NodeId, best.Provider, best.Model, input.Profile, best.EstimatedCostUsd);
        }
        else
        {
            logger.NoModelRouted(input.Scope.ExecutionId, input.Scope.NodeId, decision.Reasoning);
        }

        return decision;
    }
}
