using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weft.Agents.Payloads;
using Weft.Agents.Tools.Records;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools;

/// <summary>The activity of one tool call: at most one effect for each call id, as far as the tool's side lets that be known.</summary>
/// <remarks>
/// The order is the guarantee: an intent is durable before anything is sent, and the result is durable before it is told. A delivery
/// that finds a result answers it; one that finds an intent alone knows only that the call may have been made, and follows
/// <see cref="CallToolRequest.OnUnknownOutcome"/> unless a repeat is harmless. What the tool or its way fails at is a value
/// (<see cref="ToolOutcome.Failed"/>); exceptions are for our own faults, such as a record store that cannot be reached.
/// </remarks>
internal sealed class CallTool(
    ToolRegistry registry, ToolAttempts attempts, ToolCallLedger ledger, ToolUsageLog usage, ResponseCache cache, ContextStore contexts,
    TimeProvider time, ILogger<CallTool> logger) : IActivity<CallToolRequest, ToolOutcome>
{
    private readonly KeyedLock _running = new();

    public async Task<ToolOutcome> RunAsync(ActivityContext context, CallToolRequest input, CancellationToken cancellationToken)
    {
        // A second delivery of a call that still runs here waits for the first, and then finds its record.
        using var turn = await _running.EnterAsync($"{input.Scope.ExecutionId}\n{input.CallId}", cancellationToken);
        var started = time.GetTimestamp();
        var fingerprint = ToolCallLedger.FingerprintOf(input);
        var earlier = await ledger.FindAsync(input, fingerprint, cancellationToken);
        if (ToolCallLedger.Recorded(earlier) is { } recorded)
        {
            return recorded;
        }

        var definition = await registry.DefinitionOfAsync(input.Scope, cancellationToken);
        var (tool, failure) = await registry.ResolveAsync(input.Tool, definition, cancellationToken);
        if (tool is null)
        {
            return await FailAsync(input, null, failure!, started, cancellationToken); // without a tool there is a failure
        }

        var call = await PrepareAsync(input, tool, definition, cancellationToken);
        if (call.Fault is { } fault)
        {
            return await FailAsync(input, tool, fault, started, cancellationToken);
        }

        var cacheKey = call.Effect == ToolEffect.Reads && (tool.CacheTtl ?? cache.TtlOf(tool.App)) is not null
            ? ResponseCache.KeyOf($"{input.Scope.ContentHash}\n{tool.Name}{Environs(input.Scope)}", input.EntityId, call.Arguments) : null;
        if (cacheKey is not null && cache.TryFind(cacheKey, out var cached))
        {
            var hit = new ToolOutcome.Succeeded(await contexts.OffloadAsync(cached, cancellationToken), Elapsed(started)) { Cached = true };
            await usage.AddAsync(input, tool, null, hit.DurationMs, 0, cached: true, cancellationToken);
            return hit;
        }

        return await MakeAsync(input, call, fingerprint, earlier, cacheKey, started, cancellationToken);
    }

    /// <summary>A step's own environment entries can change whom a call asks, and so what it answers.</summary>
    private static string Environs(StepScope scope) =>
        scope.Env is null or { Count: 0 } ? ""
            : "\n" + string.Join('\n', scope.Env.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={e.Value}"));

    /// <summary>Completes the arguments and checks them, before anything is sent.</summary>
    private async Task<PreparedCall> PrepareAsync(
        CallToolRequest input, ResolvedTool tool, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var whole = await contexts.LoadAsync(input.Arguments, cancellationToken) as JsonObject ?? [];
        ToolFailure? fault = null;
        try
        {
            whole = WithDefaults(tool, whole);
        }
        catch (ExpressionException exception)
        {
            fault = ToolFailureKind.InvalidArguments.Failure(
                $"The defaults ('with') of the tool '{tool.Name}' cannot be rendered: {exception.Message}");
        }

        var (arguments, faults) = ArgumentCheck.Run(tool.Parameters, whole);
        if (fault is null && faults.Count > 0)
        {
            fault = ToolFailureKind.InvalidArguments.Failure($"The arguments of '{tool.Name}' do not fit: {string.Join(' ', faults)}") with
            {
                Details = new JsonObject { ["faults"] = new JsonArray([.. faults.Select(f => JsonValue.Create(f))]) },
            };
        }
        else if (fault is null && tool.NeedsEntity && string.IsNullOrWhiteSpace(input.EntityId))
        {
            fault = ToolFailureKind.NotConnected.Failure(
                $"'{tool.Name}' acts for somebody, and the call names no entity. In the workflow, give composio.apps an entry for "
                + $"'{tool.App}' with an "
                + "entity_id_source that the context holds; in a direct call, give entity_id.");
        }

        return new PreparedCall(tool, definition, arguments, tool.Runner.EffectOf(arguments), fault);
    }

    /// <summary>Lays a tool's own defaults under the arguments: those of the file first, then those of its schema.</summary>
    private static JsonObject WithDefaults(ResolvedTool tool, JsonObject given)
    {
        if (tool.Defaults is { Count: > 0 } defaults)
        {
            var scope = new ExpressionScope().Set("input", given.DeepClone()).SetAll(given);
            var whole = (JsonObject?)TemplateTree.Parse(defaults).Evaluate(scope).Value ?? [];
            foreach (var (name, value) in given)
            {
                whole[name] = value?.DeepClone();
            }

            given = whole;
        }

        // The toolkit's side knows its own defaults, and those of another version.
        return tool.OfToolkit ? given : JsonSchemaValidator.WithDefaults(tool.Parameters, given);
    }

    private async Task<ToolOutcome> MakeAsync(
        CallToolRequest input, PreparedCall call, string fingerprint, StoredToolCall? earlier, string? cacheKey, long started,
        CancellationToken cancellationToken)
    {
        if (earlier is { Record.Status: ToolCallStatus.Started } && call.Effect == ToolEffect.Writes)
        {
            // Another process may be at it right now.
            earlier = await ledger.AwaitOtherAsync(earlier, cancellationToken);
            if (ToolCallLedger.Recorded(earlier) is { } recorded)
            {
                return recorded;
            }

            if (input.OnUnknownOutcome != UnknownOutcomePolicy.Retry && earlier.Record.Status == ToolCallStatus.Started)
            {
                logger.UnknownOutcome(input.Scope.ExecutionId, input.CallId, input.Tool, input.OnUnknownOutcome.ToString());
                return new ToolOutcome.Failed(UnknownOutcome.Of(input, call.Tool, earlier.Record, null), Elapsed(started)) { Attempts = 0 };
            }
        }

        var mark = cache.Mark();
        var entry = ledger.Open(input, call.Tool, fingerprint, earlier);
        AttemptsResult result;
        try
        {
            result = await attempts.RunAsync(input, call, entry, cancellationToken);
        }
        finally
        {
            if (call.Effect != ToolEffect.Reads)
            {
                cache.Invalidate(call.Tool.App, input.EntityId);
            }
        }

        if (result.Replayed is { } replayed)
        {
            return replayed;
        }

        if (result.Reply is ToolReply.Answered odd && Misfit(call, odd.Output) is { } misfit)
        {
            result = result with { Reply = new ToolReply.Failed(misfit, Certainty.Answered, odd.LogId) };
        }

        var duration = Elapsed(started);
        if (result.Reply is ToolReply.Answered answered)
        {
            var output = await OffloadAsync(input, answered.Output);
            if (cacheKey is not null && (call.Tool.CacheTtl ?? cache.TtlOf(call.Tool.App)) is { } ttl)
            {
                cache.Keep(cacheKey, call.Tool.App, input.EntityId, answered.Output, ttl, mark);
            }

            await entry.SucceedAsync(output, duration, answered.LogId);
            await usage.AddAsync(input, call.Tool, null, duration, result.Attempts, cached: false, CancellationToken.None);
            logger.ToolCalled(
                input.Scope.ExecutionId, input.Scope.NodeId, input.Tool, "succeeded", duration, input.CallId, result.Attempts);
            return new ToolOutcome.Succeeded(output, duration);
        }

        var failed = (ToolReply.Failed)result.Reply;
        var failure = failed.Failure;
        if (failed.Certainty == Certainty.Unknown && call.Effect == ToolEffect.Writes)
        {
            // The record stays an intent: that is what is known.
            logger.UnknownOutcome(input.Scope.ExecutionId, input.CallId, input.Tool, input.OnUnknownOutcome.ToString());
            failure = UnknownOutcome.Of(input, call.Tool, entry.Record, failure);
            await entry.GiveUpAsync(failure, duration, failed.LogId);
        }
        else
        {
            await entry.FailAsync(failure, duration, failed.LogId);
        }

        await usage.AddAsync(input, call.Tool, failure, duration, result.Attempts, cached: false, CancellationToken.None);
        logger.ToolFailed(input.Scope.ExecutionId, input.Scope.NodeId, input.Tool, failure.Kind, failure.Message);
        return new ToolOutcome.Failed(failure, duration) { Attempts = result.Attempts };
    }

    /// <summary>
    /// What an answer lacks that the file's tool promises; null: nothing. The call was made, whatever its answer looks like.
    /// </summary>
    private static ToolFailure? Misfit(PreparedCall call, JsonNode? answer)
    {
        if (call.Tool.Output is not { } schema)
        {
            return null;
        }

        var described = call.Tool.OutputPart is { } part ? (answer as JsonObject)?[part] : answer;
        var faults = JsonSchemaValidator.Validate(schema, described, name => call.Definition?.Schemas.GetValueOrDefault(name));
        return faults.Count == 0 ? null : ToolFailureKind.OutputSchemaViolation.Failure(
            $"'{call.Tool.Name}' was called and answered, but its answer does not fit the tool's 'output' schema: "
            + $"{string.Join("; ", faults.Take(5))}. Correct the schema, or the service.") with
        {
            Details = new JsonObject { ["faults"] = new JsonArray([.. faults.Take(20).Select(f => (JsonNode)f.ToString())]) },
        };
    }

    /// <summary>Offloads the answer. It is there, and must not be lost to a token; one that cannot be kept is cut.</summary>
    private async Task<JsonNode?> OffloadAsync(CallToolRequest input, JsonNode? output)
    {
        try
        {
            return await contexts.OffloadAsync(output, CancellationToken.None);
        }
        catch (ActivityException exception) when (exception.Fault.Category == FaultCategory.TooLarge)
        {
            logger.AnswerCut(input.Scope.ExecutionId, input.CallId, input.Tool, exception.Message);
            var text = output?.ToJsonString(WeftJson.Options) ?? "";
            return new JsonObject { ["truncated"] = true, ["characters"] = text.Length, ["start"] = text[..Math.Min(text.Length, 12_000)] };
        }
    }

    private async Task<ToolOutcome> FailAsync(
        CallToolRequest input, ResolvedTool? tool, ToolFailure failure, long started, CancellationToken cancellationToken)
    {
        var duration = Elapsed(started);
        await usage.AddAsync(input, tool, failure, duration, 0, cached: false, cancellationToken);
        logger.ToolFailed(input.Scope.ExecutionId, input.Scope.NodeId, input.Tool, failure.Kind, failure.Message);
        return new ToolOutcome.Failed(failure, duration) { Attempts = 0 };
    }

    private long Elapsed(long since) => (long)time.GetElapsedTime(since).TotalMilliseconds;
}
