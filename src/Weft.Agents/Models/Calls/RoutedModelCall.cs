using Weft.Agents.Models.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Failures;

namespace Weft.Agents.Models.Calls;

/// <summary>A model call that ranks the models first where its request asks for that: two steps in one.</summary>
internal sealed class RoutedModelCall(
    IActivity<RouteModelRequest, RoutingDecision> routing, IActivity<CallModelRequest, ModelOutcome> calls, ModelCallRecords records)
    : IActivity<CallModelRequest, ModelOutcome>
{
    public async Task<ModelOutcome> RunAsync(ActivityContext context, CallModelRequest input, CancellationToken cancellationToken)
    {
        if (input.Route is not { } route)
        {
            return await calls.RunAsync(context, input, cancellationToken);
        }

        var decision = await routing.RunAsync(context, route, cancellationToken);
        var model = decision.Ranked.FirstOrDefault(m => m.Name == input.StayWith) ?? decision.Ranked.FirstOrDefault();
        if (model is null)
        {
            // An earlier delivery may have spent what is missing now; then its answer is there.
            return await records.FindAnswerAsync(input.Scope.ExecutionId, input.CallId, cancellationToken)
                ?? new ModelOutcome.Failed(ModelFailureKind.NotFound.Failure(decision.Reasoning)) { Routing = decision };
        }

        ModelOutcome outcome;
        try
        {
            outcome = await calls.RunAsync(context, input with { Model = model }, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The others of the ranking are left to be asked.
            outcome = new ModelOutcome.Failed(ModelFailureKind.OfBroken(FailureDetails.Of(exception)));
        }

        // The answer of an earlier delivery names the model that gave it.
        model = outcome.Routing?.Ranked.FirstOrDefault() ?? model;
        return outcome with
        {
            Routing = decision with { Ranked = [model, .. decision.Ranked.Where(m => m.Name != model.Name)], Rejected = [] },
        };
    }
}
