using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;
using Weft.Agents.Models.Providers;
using Weft.Agents.Models.Records;
using Weft.Agents.Payloads;
using Weft.Agents.Secrets;
using Weft.Agents.Tools;
using Weft.Language;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Failures;

namespace Weft.Agents.Models.Calls;

/// <summary>
/// The activity <see cref="StepNames.CallModel"/>: one model call, paid for, recorded, and never made again once its answer is recorded.
/// </summary>
internal sealed class CallModelActivity(
    WorkflowCatalogs catalogs,
    ProviderDirectory providers,
    ModelHealth health,
    ModelMetrics metrics,
    BudgetLedger budgets,
    CallFunding funding,
    ModelCaller caller,
    ContextStore contexts,
    ModelCallRecords records,
    SecretSource source,
    IOptions<ModelsOptions> options,
    TimeProvider time,
    IToolCatalog toolCatalog,
    ILogger<CallModelActivity> logger) : IActivity<CallModelRequest, ModelOutcome>
{
    public async Task<ModelOutcome> RunAsync(ActivityContext context, CallModelRequest input, CancellationToken cancellationToken)
    {
        if (await records.FindAnswerAsync(input.Scope.ExecutionId, input.CallId, cancellationToken) is { } recorded)
        {
            logger.AnswerReturnedFromRecord(input.Scope.ExecutionId, input.CallId);
            return recorded;
        }

        var catalog = await catalogs.ForAsync(input.Scope.ContentHash, cancellationToken);
        var spec = SpecOf(input.Model!, catalog.Models); // known by now: the request's, or the ranking's
        var (connection, problem) = await providers.ReachAsync(spec, catalog, cancellationToken);
        if (connection is null)
        {
            return Failed(input, spec, ModelFailureKind.Auth.Failure($"{spec.Provider}/{spec.Model} cannot be called: {problem}."));
        }

        var (turns, prompted) = await WholeAsync(input, catalog, cancellationToken);
        var secrets = prompted.And(connection.Hiding);
        var call = CallPreparation.Prepare(input, turns, spec, connection.Kind, await ToolsAsync(input, cancellationToken));
        var timeout = input.Timeout ?? spec.Timeout ?? options.Value.Timeout;
        var (plan, reservation, refusal) = await funding.FundAsync(input, spec, call, timeout, cancellationToken);
        if (refusal is not null)
        {
            return Failed(input, spec, refusal);
        }

        call.Options.MaxOutputTokens = plan.MaxOutputTokens;
        var outcome = await PaidAsync(
            reservation, spec, plan, token => CallAsync(spec, connection, secrets, call, timeout, token), cancellationToken);

        // What is recorded must not hold the secrets that went out.
        return await FinishAsync(input, spec,
            outcome is ModelOutcome.Replied replied ? replied with { Message = Changed(replied.Message, secrets.Hide) } : outcome);
    }

    // Whatever happens, the reservation ends: by what was billed, or by what may have been.
    private async Task<ModelOutcome> PaidAsync(
        BudgetReservation reservation, ModelSpec spec, SpendingPlan plan, Func<CancellationToken, Task<ModelOutcome>> work,
        CancellationToken cancellationToken)
    {
        ModelOutcome outcome;
        try
        {
            outcome = await health.Of(spec).CallAsync($"{spec.Provider}/{spec.Model}", work, cancellationToken);
        }
        catch
        {
            await budgets.SettleAsync(reservation, Math.Min(plan.MostUsd ?? 0, spec.Price?.CostOf(plan.PromptTokens, 0) ?? 0));
            throw;
        }

        await budgets.SettleAsync(reservation, (decimal)(CostOf(outcome) ?? 0));
        return outcome;
    }

    private async Task<ModelOutcome> CallAsync(
        ModelSpec spec, ProviderConnection connection, SecretHiding secrets, PreparedCall call, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var wire = await caller.CallAsync(call, spec, connection, secrets, timeout, cancellationToken);
        if (wire.Response is not { } response)
        {
            // The prompt was sent: a provider that did not refuse it may have billed it.
            var failure = wire.Failure!; // a call has one or the other
            var billed = ModelFailureKind.Of(failure.Kind).MayBeBilled && failure.HttpStatus is null or (>= 200 and < 300);
            return new ModelOutcome.Failed(
                failure with { CostUsd = billed ? Usd(spec.Price?.CostOf(wire.Call.Prompt.Tokens(funding.TokensFor(spec)), 0)) : null });
        }

        var usage = ReplyReading.Usage(response, wire.Call, funding.TokensFor(spec));
        var cost = spec.Price?.CostOf(usage.InputTokens, usage.OutputTokens, usage.CachedInputTokens, ReplyReading.CacheWrites(response));
        if (ReplyReading.IsEmpty(response))
        {
            return new ModelOutcome.Failed(ModelFailureKind.MalformedReply.Failure(
                $"{connection.Provider}/{spec.Model} answered nothing: no text and no tool call.") with
            {
                LatencyMs = wire.LatencyMs,
                CostUsd = Usd(cost),
            });
        }

        if (cost is null)
        {
            logger.PriceUnknown($"{spec.Provider}/{spec.Model}");
        }

        return new ModelOutcome.Replied(
            ReplyReading.Message(response), ReplyReading.FinishReason(response), usage, Usd(cost), wire.LatencyMs);
    }

    // Not cancellable: an answer that was paid for is kept.
    private async Task<ModelOutcome> FinishAsync(CallModelRequest input, ModelSpec spec, ModelOutcome outcome)
    {
        health.Of(spec).Observe(outcome);
        metrics.Record(spec.Provider, spec.Model, outcome);
        if (outcome is ModelOutcome.Failed failed)
        {
            // A circuit that is open made no call.
            if (ModelFailureKind.Of(failed.Failure.Kind).WasMade)
            {
                await records.WriteAsync(Record(input, spec, outcome), outcome, CancellationToken.None);
            }

            return Failed(input, spec, failed.Failure);
        }

        var replied = (ModelOutcome.Replied)outcome;
        outcome = replied = replied with
        {
            Message = await OffloadAsync(replied.Message),
            Routing = input.Route is null ? null : new RoutingDecision([input.Model!], [], input.EstimatedTokens, ""),
        };
        await records.WriteAsync(Record(input, spec, outcome), outcome, CancellationToken.None);
        logger.ModelReplied(
            input.Scope.ExecutionId, input.Scope.NodeId, input.CallId, spec.Name, replied.LatencyMs, replied.Usage.InputTokens,
            replied.Usage.OutputTokens, replied.CostUsd);
        return outcome;
    }

    private async Task<ChatTurn> OffloadAsync(ChatTurn message)
    {
        var calls = new List<ToolInvocation>(message.ToolCalls.Count);
        foreach (var call in message.ToolCalls)
        {
            calls.Add(call with { Arguments = (JsonObject?)await contexts.OffloadAsync(call.Arguments, CancellationToken.None) });
        }

        return message with { Content = await contexts.OffloadAsync(message.Content, CancellationToken.None), ToolCalls = calls };
    }

    // The messages with their payloads fetched and their secrets in place, and what hides these in the answer.
    private async Task<(IReadOnlyList<ChatTurn> Turns, SecretHiding Hiding)> WholeAsync(
        CallModelRequest input, StepCatalog catalog, CancellationToken cancellationToken)
    {
        var whole = new List<ChatTurn>(input.Messages.Count);
        foreach (var message in input.Messages)
        {
            var calls = new List<ToolInvocation>(message.ToolCalls.Count);
            foreach (var call in message.ToolCalls)
            {
                calls.Add(call with { Arguments = await contexts.LoadAsync(call.Arguments, cancellationToken) as JsonObject });
            }

            whole.Add(message with { Content = await contexts.LoadAsync(message.Content, cancellationToken), ToolCalls = calls });
        }

        var names =
            whole.SelectMany(t => t.ToolCalls.Select(c => (JsonNode?)c.Arguments).Prepend(t.Content)).SelectMany(SecretPlaceholders.Names);
        var values = await source.FindAsync(names, catalog.Env, input.Scope.Env, cancellationToken);
        try
        {
            return ([.. whole.Select(t => Changed(t, values.Put))], values.Hiding);
        }
        catch (WeftException exception)
        {
            throw new ActivityException(
                exception.Code, exception.Fault with { Retryable = false }, exception.Message, innerException: exception);
        }
    }

    private static ChatTurn Changed(ChatTurn turn, Func<JsonNode?, JsonNode?> change) => turn with
    {
        Content = change(turn.Content),
        ToolCalls = [.. turn.ToolCalls.Select(c => c with { Arguments = change(c.Arguments) as JsonObject })],
    };

    private async Task<IReadOnlyList<ToolSpec>> ToolsAsync(CallModelRequest input, CancellationToken cancellationToken) =>
        input.Tools.Count == 0 ? []
        : await toolCatalog.DescribeAsync(input.Scope, input.Tools, cancellationToken);

    // The ranking may be older than the catalog: what it names is called as it says.
    private static ModelSpec SpecOf(RankedModel ranked, ModelCatalog catalog)
    {
        var spec = catalog.Find(ranked.Name);
        return spec?.Model == ranked.Model && string.Equals(spec.Provider, ranked.Provider, StringComparison.OrdinalIgnoreCase)
            ? spec
            : catalog.Find($"{ranked.Provider}/{ranked.Model}")
                ?? new ModelSpec { Name = ranked.Name, Provider = ranked.Provider, Model = ranked.Model };
    }

    private ModelOutcome.Failed Failed(CallModelRequest input, ModelSpec spec, ModelFailure failure)
    {
        logger.ModelFailed(input.Scope.ExecutionId, input.Scope.NodeId, input.CallId, spec.Name, failure.Kind, failure.Message);
        return new ModelOutcome.Failed(failure);
    }

    private ModelCallRecord Record(CallModelRequest input, ModelSpec spec, ModelOutcome outcome)
    {
        var replied = outcome as ModelOutcome.Replied;
        var failure = (outcome as ModelOutcome.Failed)?.Failure;
        return new ModelCallRecord
        {
            ExecutionId = input.Scope.ExecutionId,
            CallId = input.CallId,
            WorkflowId = input.Scope.WorkflowId,
            NodeId = input.Scope.NodeId,
            Agent = input.Scope.Agent,
            ConversationId = input.Scope.ConversationId,
            RequestedProfile = input.Profile,
            SelectedModel = spec.Name,
            Provider = spec.Provider,
            Model = spec.Model,
            BaseUrl = spec.BaseUrl,
            EstimatedTokens = input.EstimatedTokens,
            EstimatedCost = input.Model!.EstimatedCostUsd,
            ActualInputTokens = replied?.Usage.InputTokens ?? 0,
            ActualOutputTokens = replied?.Usage.OutputTokens ?? 0,
            CachedInputTokens = replied?.Usage.CachedInputTokens ?? 0,
            UsageEstimated = replied?.Usage.Estimated ?? false,
            ActualCost = CostOf(outcome),
            LatencyMs = replied?.LatencyMs ?? failure?.LatencyMs ?? 0,
            Success = replied is not null,
            Failure = failure?.Kind,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
    }

    private static double? CostOf(ModelOutcome outcome) => outcome switch
    {
        ModelOutcome.Replied replied => replied.CostUsd,
        ModelOutcome.Failed failed => failed.Failure.CostUsd,
        _ => null,
    };

    private static double? Usd(decimal? cost) => cost is { } usd ? (double)Math.Round(usd, 12) : null;
}
