using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;
using Weft.Workflows.Failures;

namespace Weft.Workflows.Agents;

/// <summary>Asks models: routes, then walks the ranking, each try a durable step of its own.</summary>
/// <remarks>
/// A ranking is used again until the estimate outgrows it by half, with the model that answered last in front: a
/// conversation stays with its model. A transient failure is tried again on the same model (twice in all, unless the retry
/// policy says otherwise); when the provider asks for a long wait and another model is left, that one is asked at once.
/// </remarks>
internal sealed class ModelCalls(
    IOrchestrationContext context, RunAgentInput input, AgentLedger ledger, CancellationToken cancellationToken)
{
    private const double OutgrownBy = 1.5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);
    private static readonly RetryPolicy ProductRetry = new() { MaxAttempts = 2 };

    private RoutingDecision? _decision;
    private string? _lastAnswered;
    private bool _routedWithTools;
    private int _routedSize;

    /// <summary>Asks until a model answers.</summary>
    /// <exception cref="AgentFailedException">None did.</exception>
    public async Task<ModelOutcome.Replied> AskAsync(ModelQuestion question)
    {
        var estimate = TokenEstimator.Estimate(question.Messages, question.Tools);
        var isNew = Outgrown(TokenEstimator.Size(question.Messages, question.Tools), question.Tools.Count > 0);
        var first = isNew ? await RouteAsync(question, estimate) : null;
        var ranked = Order(_decision!); // routed now or before
        var failures = new List<(RankedModel Model, ModelFailure Failure)>();
        var reason = isNew ? _decision!.Reasoning.Clip(301) : "answered last";
        for (var rank = 0; rank < ranked.Count; rank++)
        {
            var model = ranked[rank];
            var tries =
                input.ModelAttempts.TryGetValue(model.Name, out var own) ? own : Math.Max(1, (input.Retry ?? ProductRetry).MaxAttempts);
            for (var attempt = 1; ; attempt++)
            {
                var outcome = first ?? await CallAsync(Request(question, $"{question.CallId}/m{rank + 1}.{attempt}", estimate) with
                {
                    Model = model,
                });
                first = null;
                if (outcome is ModelOutcome.Replied reply)
                {
                    ledger.Replied(model, reply, reason);
                    _lastAnswered = model.Name;
                    return reply;
                }

                var failure = ((ModelOutcome.Failed)outcome).Failure;
                ledger.Failed(model, failure, reason);
                var wait = failure.RetryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : Backoff(attempt);
                var othersLeft = failure.MayTryOther && rank + 1 < ranked.Count;
                if (!failure.Transient || attempt >= tries || (othersLeft && wait > LongWait))
                {
                    failures.Add((model, failure));
                    break;
                }

                reason = $"try {attempt + 1} after {failure.Kind}";
                await context.CreateTimer(wait < LongestWait ? wait : LongestWait, cancellationToken);
            }

            var last = failures[^1].Failure;
            if (!last.MayTryOther)
            {
                throw new AgentFailedException(Refused(model, last));
            }

            reason = $"fallback: {model.Name} failed ({last.Kind})";
        }

        throw new AgentFailedException(NoneAnswered(failures));
    }

    /// <summary>Whether there is no ranking yet that fits the question.</summary>
    private bool Outgrown(int size, bool tools)
    {
        if (_decision is not null && size <= _routedSize * OutgrownBy && (_routedWithTools || !tools))
        {
            return false;
        }

        _routedWithTools |= tools;
        _routedSize = size;
        return true;
    }

    /// <summary>Ranks the models, and where the run does both at once asks the first of them.</summary>
    /// <returns>What the first came to; null: none was asked yet.</returns>
    private async Task<ModelOutcome?> RouteAsync(ModelQuestion question, int estimate)
    {
        var route = new RouteModelRequest
        {
            Scope = input.Scope,
            Profile = input.Profile,
            EstimatedTokens = estimate,
            Models = input.Config.Models,
            PreferredModels = input.PreferredModels,
            RequiredCapabilities = _routedWithTools ? ["tools"] : [],
            MaxCostPerCall = input.Config.MaxCostPerCall,
            MaxLatencyMs = input.Config.MaxLatencyMs,
            CostControls = input.CostControls,
        };
        ModelOutcome? first = null;
        if (input.RoutesWithCall)
        {
            first = await context.CallActivityAsync<ModelOutcome>(
                StepNames.CallModel,
                Request(question, $"{question.CallId}/m1.1", estimate) with { Route = route, StayWith = _lastAnswered },
                new ActivityOptions { CancellationToken = cancellationToken });
            _decision = first.Routing!; // a call that ranks says how
        }
        else
        {
            _decision = await context.CallActivityAsync<RoutingDecision>(
                StepNames.RouteModel, route, new ActivityOptions { CancellationToken = cancellationToken });
        }

        return _decision.Ranked.Count > 0 ? first : throw new AgentFailedException(NoneAvailable(_decision));
    }

    private CallModelRequest Request(ModelQuestion question, string callId, int estimate) => new()
    {
        Scope = input.Scope,
        CallId = callId,
        Messages = question.Messages,
        Tools = [.. question.Tools.Select(x => x.Name)],
        ToolChoice = question.ToolChoice,
        OutputSchema = question.Schema,
        JsonMode = question.JsonMode,
        Temperature = input.Config.Temperature,
        MaxTokens = input.Config.MaxTokens,
        Timeout = input.CallTimeout,
        CostControls = input.CostControls,
        Profile = input.Profile,
        EstimatedTokens = estimate,
    };

    private async Task<ModelOutcome> CallAsync(CallModelRequest request)
    {
        try
        {
            return await context.CallActivityAsync<ModelOutcome>(
                StepNames.CallModel, request, new ActivityOptions { CancellationToken = cancellationToken });
        }
        catch (ActivityFailedException exception)
        {
            // The activity itself broke: another model is worth a try unless the call was refused for good.
            return new ModelOutcome.Failed(ModelFailureKind.OfBroken(exception.Failure));
        }
    }

    private List<RankedModel> Order(RoutingDecision decision) =>
        [.. decision.Ranked.Where(x => x.Name == _lastAnswered), .. decision.Ranked.Where(x => x.Name != _lastAnswered)];

    private TimeSpan Backoff(int attempt) =>
        RetryBackoff.DelayAfter(input.Retry ?? ProductRetry, attempt, $"{context.InstanceId}/{input.Scope.NodeId}", 0);

    private FailureDetails NoneAvailable(RoutingDecision decision)
    {
        var rejected = string.Join("; ", decision.Rejected.Take(10).Select(x => $"{x.Name}: {x.Reason}"));
        return new FailureDetails(
            "no_model_available",
            $"Node '{input.Scope.NodeId}': no model can take the call. "
            + $"{decision.Reasoning}{(rejected.Length == 0 ? "" : $" ({rejected})")} "
            + "Set a provider's key, allow another model under 'models', or raise the limits.");
    }

    private FailureDetails Refused(RankedModel model, ModelFailure failure) => new(
        failure.Kind,
        $"Node '{input.Scope.NodeId}': the call to '{model.Name}' failed ({failure.Kind}): {failure.Message}",
        NonRetryable: !failure.Transient);

    private FailureDetails NoneAnswered(List<(RankedModel Model, ModelFailure Failure)> failures)
    {
        var details = new JsonArray([.. failures.Select(x => new JsonObject
        {
            ["model"] = x.Model.Name,
            ["provider"] = x.Model.Provider,
            ["kind"] = x.Failure.Kind,
            ["message"] = x.Failure.Message,
        })]);
        var summary = string.Join("; ", failures.Select(x => $"{x.Model.Name}: {x.Failure.Kind}, {x.Failure.Message.Clip(301)}"));
        return new FailureDetails(
            "no_model_answered",
            $"Node '{input.Scope.NodeId}': "
            + $"{(failures.Count == 1 ? "the only ranked model did not answer" : $"none of the {failures.Count} ranked models answered")} "
            + $"({summary}). Add a fallback under 'models', raise the budget, or try later.",
            Details: new JsonObject { ["models"] = details });
    }
}
