using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Schemas;
using Weft.Runtime.Cards;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Executions;

/// <summary>
/// Starts executions: pins the definition, checks the input, and hands both to the engine. Durable when the task completes.
/// </summary>
public sealed class ExecutionStarter(
    WorkflowRegistry workflows,
    AgentRegistry agents,
    IRecordStore store,
    ContextStore contexts,
    IOrchestrationClient client,
    ExecutionMetrics metrics,
    TimeProvider clock,
    ILogger<ExecutionStarter> logger)
{
    /// <summary>The longest idempotency key, in characters.</summary>
    public const int LongestKey = 255;

    private readonly IdempotencyRecords _claims = new(store, clock);

    /// <summary>Starts one execution.</summary>
    /// <exception cref="WeftException">Codes <c>workflow_not_found</c>, <c>unknown_agent</c>, <c>idempotency_key_reused</c>.</exception>
    /// <exception cref="InvalidInputException">Code <c>invalid_input</c>: the input does not fit the workflow's schema.</exception>
    public async Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken)
    {
        var (contentHash, definition) = await PinAsync(start, cancellationToken);
        var input = Check(start, definition);
        foreach (var name in WorkflowSteps.OutsideAgents(definition))
        {
            await agents.ResolveAsync(name, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var executionId = ExecutionIds.Create(now);
        if (start.IdempotencyKey is { } key)
        {
            var wanted = new StartClaim(executionId, contentHash, RequestHash(start), now.UtcDateTime);
            var claim = await _claims.ClaimAsync(start.WorkflowId, key, wanted, cancellationToken);
            if (claim.RequestHash != wanted.RequestHash)
            {
                throw new IdempotencyKeyReusedException(key);
            }

            // The first start may have died between its claim and the engine: scheduling again starts what it did not.
            (executionId, contentHash) = (claim.ExecutionId, claim.ContentHash);
            if (executionId != wanted.ExecutionId
                && await store.ReadAsync(RecordKeys.Execution(executionId), cancellationToken) is not null)
            {
                return new StartedExecution(executionId, true);
            }
        }

        var run = new RunWorkflowInput(
            start.WorkflowId, contentHash, await OffloadPartsAsync(input, cancellationToken),
            await OffloadPartsAsync(start.Context, cancellationToken))
        {
            StartedBy = start.StartedBy,
            RerunOf = start.RerunOf,
            RerunFrom = start.RerunFrom,
            ParentExecutionId = start.ParentExecutionId,
            Depth = start.Depth,
        };
        var scheduled = await client.ScheduleAsync(
            StepNames.RunWorkflow,
            run,
            new ScheduleOptions { InstanceId = executionId, Tags = new Dictionary<string, string> { ["workflow_id"] = start.WorkflowId } },
            cancellationToken);
        if (scheduled.Started)
        {
            logger.ExecutionStarted(executionId, start.WorkflowId, start.StartedBy);
            metrics.Started(start.WorkflowId);
        }

        return new StartedExecution(executionId, !scheduled.Started);
    }

    private async Task<(string ContentHash, WorkflowDefinition Definition)> PinAsync(
        StartExecution start, CancellationToken cancellationToken)
    {
        if (start.ContentHash is { } pinned && await workflows.GetAsync(pinned, cancellationToken) is { } definition)
        {
            return (pinned, definition);
        }

        return await workflows.FindAsync(start.WorkflowId, cancellationToken) is { } latest
            ? (latest.Version.ContentHash, latest.Definition)
            : throw await workflows.UnknownAsync(start.WorkflowId, cancellationToken);
    }

    private static JsonObject Check(StartExecution start, WorkflowDefinition definition)
    {
        if (PayloadReference.IsIn(start.Input) || PayloadReference.IsIn(start.Context))
        {
            throw new InvalidInputException(
                "invalid_input",
                Fault.Invalid,
                $"An object with '{PayloadReference.Marker}' stands for a value that the product itself stored; a caller can't send one. "
                + $"Send the value.",
                [new InputFault(
                    PayloadReference.IsIn(start.Input) ? "$.input" : "$.context", $"'{PayloadReference.Marker}' is reserved.")]);
        }

        var input = JsonSchemaValidator.WithDefaults(definition.InputSchema, start.Input);
        if (definition.InputSchema is null)
        {
            return input;
        }

        var faults = JsonSchemaValidator.Validate(definition.InputSchema, input, name => definition.Schemas.GetValueOrDefault(name));
        return faults.Count == 0 ? input : throw new InvalidInputException(
            "invalid_input",
            Fault.Invalid,
            $"The input does not fit the input schema of workflow '{definition.Id}': {faults.Count} "
            + $"{(faults.Count == 1 ? "fault" : "faults")}.",
            [.. faults.Select(f => new InputFault("$" + Dotted(f.Path), f.Message))]);
    }

    // A large part travels by reference, so that the small ones stay readable in the history.
    private async Task<JsonObject> OffloadPartsAsync(JsonObject value, CancellationToken cancellationToken)
    {
        if (Bytes(value) <= PayloadReference.InlineLimit)
        {
            return value;
        }

        var parts = new JsonObject();
        foreach (var (name, part) in value)
        {
            var offloaded = await contexts.OffloadAsync(part, cancellationToken);
            parts[name] = offloaded?.Parent is null ? offloaded : offloaded.DeepClone();
        }

        return Bytes(parts) <= PayloadReference.InlineLimit ? parts
            : (await contexts.OffloadAsync(value, cancellationToken))!.AsObject(); // What is not null does not become null.
    }

    private static int Bytes(JsonObject value) => JsonSerializer.SerializeToUtf8Bytes(value, WeftJson.Options).Length;

    private static string RequestHash(StartExecution start) =>
        RecordKeys.Digest(start.Input.ToJsonString(WeftJson.Options) + "\n" + start.Context.ToJsonString(WeftJson.Options));

    private static string Dotted(string pointer) =>
        string.Concat(pointer.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            .Select(p => p.All(char.IsAsciiDigit) ? $"[{p}]" : "." + p));
}
