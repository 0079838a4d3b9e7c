using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weft.Agents.Payloads;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Executions;

/// <summary>The executions as users see them: read, awaited, listed, cancelled, paused, signalled, run again.</summary>
public sealed class ExecutionService(
    ExecutionRecords records,
    ExecutionEnds ends,
    ExecutionStarter starter,
    WorkflowRegistry workflows,
    ContextStore contexts,
    IOrchestrationClient client,
    TimeProvider clock,
    ILogger<ExecutionService> logger)
{
    // Where a host ends instances by message, the end is waited for this long before the document says that it still runs.
    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(5);

    /// <summary>
    /// One execution's document: the recorded one, or as far as a running one goes; null when there is no such execution.
    /// </summary>
    /// <remarks>An execution that the engine ended without a record (cancelled, crashed for good) is recorded here.</remarks>
    public async Task<ExecutionDocument?> FindAsync(string executionId, CancellationToken cancellationToken)
    {
        var record = await records.FindAsync(executionId, cancellationToken);
        if (record?.Document is { } document)
        {
            return document;
        }

        var instance = IsInstanceId(executionId) ? await client.GetAsync(executionId, cancellationToken) : null;
        if (instance is null || instance.Name != StepNames.RunWorkflow)
        {
            return record is null ? null : Lost(record);
        }

        var composed = await ComposeAsync(instance, record, cancellationToken);
        if (!instance.HasEnded)
        {
            return composed;
        }

        // The record may have been written between the two reads; the first end is the one that stays.
        if ((await ends.RecordAsync(composed, cancellationToken)).IsFirst)
        {
            logger.ExecutionReconciled(executionId, composed.Status.ToString());
        }

        return (await records.FindAsync(executionId, cancellationToken))?.Document ?? composed;
    }

    /// <inheritdoc cref="FindAsync"/>
    /// <exception cref="WeftException">Code <c>execution_not_found</c>.</exception>
    public async Task<ExecutionDocument> GetAsync(string executionId, CancellationToken cancellationToken) =>
        await FindAsync(executionId, cancellationToken) ?? throw ExecutionFaults.NotFound(executionId);

    /// <summary>Waits for the end of an execution, at most so long.</summary>
    /// <returns>The document, whether or not it has ended.</returns>
    public async Task<ExecutionDocument> WaitAsync(string executionId, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (longest > TimeSpan.Zero && IsInstanceId(executionId))
        {
            using var deadline = new CancellationTokenSource(longest, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                await client.WaitForCompletionAsync(executionId, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The time is up: it is answered as it stands.
            }
            catch (InstanceNotFoundException)
            {
                // Its record may outlive its history.
            }
        }

        return await GetAsync(executionId, cancellationToken);
    }

    /// <summary>Lists executions, newest first.</summary>
    public Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        records.ListAsync(query, cancellationToken);

    /// <summary>Cancels an execution and all that it runs. Cancelling a cancelled one changes nothing.</summary>
    /// <exception cref="WeftException">Codes <c>execution_not_found</c>, <c>execution_ended</c>.</exception>
    public async Task<ExecutionDocument> CancelAsync(string executionId, string? reason, CancellationToken cancellationToken)
    {
        var document = await GetAsync(executionId, cancellationToken);
        if (!document.Status.HasEnded())
        {
            await client.TerminateAsync(executionId, reason ?? "The execution was cancelled.", cancellationToken);
            document = await WaitAsync(executionId, LongestCancel, cancellationToken);
        }

        return document.Status is ExecutionStatus.Cancelled || !document.Status.HasEnded()
            ? document
            : throw ExecutionFaults.Ended(executionId, document.Status.Word(), "cancelled");
    }

    /// <summary>Holds an execution: what runs finishes, and nothing new starts. Pausing a paused one changes nothing.</summary>
    /// <exception cref="WeftException">Codes <c>execution_not_found</c>, <c>execution_ended</c>.</exception>
    public async Task<ExecutionDocument> PauseAsync(string executionId, string? reason, CancellationToken cancellationToken)
    {
        await RequireRunningAsync(executionId, "paused", cancellationToken);
        if (!await client.SuspendAsync(executionId, reason, cancellationToken))
        {
            await RequireRunningAsync(executionId, "paused", cancellationToken);
        }

        await records.MarkAsync(executionId, ExecutionStatus.Paused, cancellationToken);
        return await GetAsync(executionId, cancellationToken);
    }

    /// <summary>Lets a paused execution go on. Resuming a running one changes nothing.</summary>
    /// <exception cref="WeftException">Codes <c>execution_not_found</c>, <c>execution_ended</c>.</exception>
    public async Task<ExecutionDocument> ResumeAsync(string executionId, string? reason, CancellationToken cancellationToken)
    {
        await RequireRunningAsync(executionId, "resumed", cancellationToken);
        await records.MarkAsync(executionId, ExecutionStatus.Running, cancellationToken);
        if (!await client.ResumeAsync(executionId, reason, cancellationToken))
        {
            await RequireRunningAsync(executionId, "resumed", cancellationToken);
        }

        return await GetAsync(executionId, cancellationToken);
    }

    /// <summary>Sends a signal to an execution. It is kept until a node waits for it.</summary>
    /// <exception cref="WeftException">Codes <c>execution_not_found</c>, <c>execution_ended</c>.</exception>
    public async Task SignalAsync(string executionId, SignalEvent signal, CancellationToken cancellationToken)
    {
        await RequireRunningAsync(executionId, "signalled", cancellationToken);
        var offloaded = signal with { Data = await contexts.OffloadAsync(signal.Data, cancellationToken) };
        if (!await client.RaiseEventAsync(executionId, StepNames.SignalEventName, offloaded, cancellationToken))
        {
            await RequireRunningAsync(executionId, "signalled", cancellationToken);
        }
    }

    /// <summary>Runs an execution again on the same input: as a whole, or from one node, adopting what finished before it.</summary>
    /// <param name="executionId">The execution that ended.</param>
    /// <param name="fromNode">The node from which it runs anew; null: all of it.</param>
    /// <param name="latest">Whether the latest definition runs, and not the one that the execution was pinned to.</param>
    /// <param name="startedBy">What starts it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WeftException">Codes <c>execution_not_found</c>, <c>execution_running</c>, <c>unknown_node</c>,
    /// <c>definition_missing</c>.</exception>
    public async Task<StartedExecution> RerunAsync(
        string executionId, string? fromNode, bool latest, string startedBy, CancellationToken cancellationToken)
    {
        var document = await GetAsync(executionId, cancellationToken);
        if (!document.Status.HasEnded())
        {
            throw ExecutionFaults.Running(executionId);
        }

        var record = await records.FindAsync(executionId, cancellationToken);
        var contentHash = latest || record is null || record.ContentHash.Length == 0 ? null : record.ContentHash;
        var definition = contentHash is null
            ? (await workflows.FindAsync(document.WorkflowId, cancellationToken))?.Definition
                ?? throw await workflows.UnknownAsync(document.WorkflowId, cancellationToken)
            : await workflows.GetAsync(contentHash, cancellationToken)
                ?? throw new WeftException(
                    "definition_missing", Fault.Conflict,
                    $"The definition that execution '{executionId}' ran is no longer stored. Rerun it with \"definition\": \"latest\".");
        if (fromNode is not null)
        {
            RerunPlan.Require(definition, fromNode);
        }

        var context = await contexts.LoadAsync(record?.Context, cancellationToken) as JsonObject ?? [];
        var start = new StartExecution(document.WorkflowId, document.Input?.DeepClone() as JsonObject ?? [], context.DeepClone().AsObject())
        {
            ContentHash = contentHash,
            RerunOf = executionId,
            RerunFrom = fromNode,
            StartedBy = startedBy,
        };
        return await starter.StartAsync(start, cancellationToken);
    }

    /// <summary>Composes the document of an execution that has not ended.</summary>
    internal async Task<ExecutionDocument> ComposeAsync(
        OrchestrationInstance instance, ExecutionRecord? record, CancellationToken cancellationToken)
    {
        var hash = record?.ContentHash ?? ExecutionDocuments.RunOf(instance)?.ContentHash ?? "";
        var definition = hash.Length == 0 ? null : await workflows.GetAsync(hash, cancellationToken);
        var composed = ExecutionDocuments.Compose(instance, record, definition, clock.GetUtcNow().UtcDateTime);
        return composed with
        {
            Input = await contexts.LoadAsync(composed.Input, cancellationToken),
            Output = await contexts.LoadAsync(composed.Output, cancellationToken),
        };
    }

    private async Task RequireRunningAsync(string executionId, string action, CancellationToken cancellationToken)
    {
        var document = await GetAsync(executionId, cancellationToken);
        if (document.Status.HasEnded())
        {
            throw ExecutionFaults.Ended(executionId, document.Status.Word(), action);
        }
    }

    // The engine's history is gone (purged, or another data folder), and no end was recorded.
    private ExecutionDocument Lost(ExecutionRecord record) => new()
    {
        ExecutionId = record.Summary.ExecutionId,
        WorkflowId = record.Summary.WorkflowId,
        WorkflowVersion = record.Summary.WorkflowVersion,
        Status = ExecutionStatus.Failed,
        StartedAt = record.Summary.StartedAt,
        DurationMs = Math.Max(0, (long)(clock.GetUtcNow().UtcDateTime - record.Summary.StartedAt).TotalMilliseconds),
        Sandbox = record.Summary.Sandbox,
        Input = record.Input?.DeepClone(),
        ParentExecutionId = record.Summary.ParentExecutionId,
        Error = new ExecutionError("history_missing",
            "The execution began, and the engine knows nothing of it: its history was purged, or it belongs to another data store."),
    };

    // The engine refuses other ids; no execution can have one.
    private static bool IsInstanceId(string text) =>
        text.Length is > 0 and <= 100 && !text.Any(c => char.IsControl(c) || c is '/' or '\\' or '#' or '?');
}
