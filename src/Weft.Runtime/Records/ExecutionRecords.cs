using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>The executions: begun once, ended once, listed newest first. Keys: <see cref="RecordKeys"/>.</summary>
public sealed class ExecutionRecords(IRecordStore store, ContextStore contexts)
{
    // A row holds 64 KiB; the document leaves room for the summary and the escapes.
    private const int InlineDocumentBytes = 40 * 1024;
    private const int RowsPerBatch = 90;

    /// <summary>Records that an execution has begun. Repeating it changes nothing.</summary>
    /// <param name="running">Its document so far.</param>
    /// <param name="run">What it runs on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task BeginAsync(ExecutionDocument running, RunWorkflowInput run, CancellationToken cancellationToken)
    {
        await contexts.TouchAsync(running.Input, cancellationToken);
        await contexts.TouchAsync(run.Context, cancellationToken);
        var summary = Summarize(running) with { StartedBy = run.StartedBy, ParentExecutionId = run.ParentExecutionId };
        var row = new ExecutionRow(summary, run.ContentHash)
        {
            Input = await contexts.OffloadAsync(running.Input?.DeepClone(), cancellationToken),
            Context = await contexts.OffloadAsync(run.Context.DeepClone(), cancellationToken),
            RerunOf = run.RerunOf,
            ReplyTo = await ReplyToAsync(run.Context, cancellationToken),
        };
        List<RowWrite> writes = [new RowWrite.Insert(RecordKeys.Execution(running.ExecutionId), Write(row)), .. IndexWrites(summary)];
        await store.BatchAsync(writes, cancellationToken); // A conflict says that an earlier delivery did it.
    }

    /// <summary>Records how an execution ended: document, lists and node runs. The first end is the one that stays.</summary>
    /// <param name="document">The execution as it ended.</param>
    /// <param name="announce">Whether somebody is to be told of it, even if its start did not ask for that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether this end is the one that stays, and whether a notice of it lies beside it.</returns>
    public async Task<RecordedEnd> EndAsync(ExecutionDocument document, bool announce, CancellationToken cancellationToken)
    {
        var offloaded = await OffloadDocumentAsync(document, cancellationToken);
        await contexts.TouchAsync(document.Input, cancellationToken);
        await contexts.TouchAsync(document.Output, cancellationToken);
        await contexts.TouchAsync(document.Outputs, cancellationToken);
        var nodeRuns = NodeRunWrites(document);
        return await store.UpdateAsync<RecordedEnd>(
            RecordKeys.Execution(document.ExecutionId),
            $"The record of execution '{document.ExecutionId}' kept changing while its end was written",
            async found =>
            {
                var before = found?.As<ExecutionRow>();
                if (before is not null && before.Summary.HasEnded())
                {
                    // Whether somebody was told of it since then is not known here.
                    return new RowUpdate<RecordedEnd>.Keep(new RecordedEnd(IsFirst: false, MayHaveNotice: true));
                }

                // What does not fit one batch goes first: the head, written last, says that the rest is there.
                foreach (var batch in nodeRuns.Skip(RowsPerBatch).Chunk(RowsPerBatch))
                {
                    await store.BatchAsync(batch, cancellationToken);
                }

                return End(document, offloaded, announce, before, nodeRuns.Take(RowsPerBatch));
            },
            cancellationToken);
    }

    /// <summary>Records that a running execution was paused, or goes on. Nothing happens when it has ended or was never begun.</summary>
    /// <exception cref="WeftException">Code <c>record_contended</c>: the record kept changing.</exception>
    public Task MarkAsync(string executionId, ExecutionStatus status, CancellationToken cancellationToken) =>
        store.UpdateAsync<bool>(
            RecordKeys.Execution(executionId),
            $"The record of execution '{executionId}' kept changing while its status was written",
            found =>
            {
                if (found?.As<ExecutionRow>() is not { } before || before.Summary.HasEnded() || before.Summary.Status == status)
                {
                    return new RowUpdate<bool>.Keep(false);
                }

                var summary = before.Summary with { Status = status };
                return new RowUpdate<bool>.Write(Write(before with { Summary = summary }), true)
                {
                    Along =
                    [
                        .. IndexWrites(summary),
                        new RowWrite.Delete(RecordKeys.ExecutionByStatus(before.Summary.Status, executionId, summary.StartedAt)),
                    ],
                };
            },
            cancellationToken);

    /// <summary>Finds one execution; null when none of that id was begun or ended.</summary>
    public async Task<ExecutionRecord?> FindAsync(string executionId, CancellationToken cancellationToken)
    {
        var found = await store.ReadAsync(RecordKeys.Execution(executionId), cancellationToken);
        if (found is null)
        {
            return null;
        }

        var row = found.As<ExecutionRow>();
        var document = row.Document is null ? null : await contexts.LoadAsync(row.Document, cancellationToken);
        return new ExecutionRecord(row.Summary, row.ContentHash, document.Deserialize<ExecutionDocument>(WeftJson.Options))
        {
            Input = row.Document is null ? await contexts.LoadAsync(row.Input, cancellationToken) : null,
            Context = row.Context,
            RerunOf = row.RerunOf,
        };
    }

    /// <summary>Lists executions, newest first.</summary>
    /// <exception cref="WeftException">Code <c>invalid_cursor</c>: the cursor is not one that this list gave.</exception>
    public Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken) =>
        new ExecutionIndex(store).ListAsync(query, cancellationToken);

    /// <summary>Lists executions to the end, newest first, a page at a time. Those that were listed may be deleted meanwhile.</summary>
    /// <param name="query">Which ones, and how many a page holds.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<ExecutionSummary> ListAllAsync(
        ExecutionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await ListAsync(query, cancellationToken);
            foreach (var execution in page.Items)
            {
                yield return execution;
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
    }

    /// <summary>The newest node runs that ended since a time, newest first within each bucket.</summary>
    /// <param name="since">The earliest end, UTC.</param>
    /// <param name="mostPerBucket">The most that are read from each of the <see cref="RecordKeys.ExecutionBuckets"/> buckets.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<NodeRun>> NodeRunsAsync(DateTime since, int mostPerBucket, CancellationToken cancellationToken)
    {
        var runs = new List<NodeRun>();
        for (var bucket = 0; bucket < RecordKeys.ExecutionBuckets; bucket++)
        {
            var range = new RowRange(RecordKeys.Executions, RecordKeys.ExecutionBucketName(bucket))
            {
                From = RecordKeys.NodeRunPrefix,
                To = RecordKeys.NodeRunPrefix + RecordKeys.NewestFirst(since) + "}",
                PageSize = Math.Min(1000, mostPerBucket),
            };
            runs.AddRange(
                await store.ReadAllAsync(range, cancellationToken).Take(mostPerBucket).Select(r => r.As<NodeRun>()).ToListAsync(
                    cancellationToken));
        }

        return runs;
    }

    /// <summary>Removes the rows of an execution that ended: its node runs first, the document and its places in the lists last.</summary>
    public async Task DeleteAsync(ExecutionSummary execution, CancellationToken cancellationToken)
    {
        var ended = RecordKeys.NodeRun(execution.ExecutionId, execution.CompletedAt ?? execution.StartedAt, "x", 0);
        var prefix = ended.Row[..^"x|00000".Length];
        var nodeRuns = RowRange.WithPrefix(ended.Table, ended.Partition, prefix) with { PageSize = RowsPerBatch };
        await foreach (var row in store.ReadAllAsync(nodeRuns, cancellationToken))
        {
            await store.DeleteAsync(row.Key, expected: null, cancellationToken);
        }

        RowKey[] keys =
        [
            RecordKeys.CompletionNotice(execution.ExecutionId),
            RecordKeys.ExecutionByStatus(execution.Status, execution.ExecutionId, execution.StartedAt),
            RecordKeys.ExecutionByWorkflow(execution.WorkflowId, execution.ExecutionId, execution.StartedAt),
            RecordKeys.Execution(execution.ExecutionId),
            RecordKeys.ExecutionByTime(execution.ExecutionId, execution.StartedAt),
        ];
        foreach (var key in keys)
        {
            await store.DeleteAsync(key, expected: null, cancellationToken);
        }
    }

    internal static ExecutionSummary Summarize(ExecutionDocument document) => new()
    {
        ExecutionId = document.ExecutionId,
        WorkflowId = document.WorkflowId,
        WorkflowVersion = document.WorkflowVersion,
        Status = document.Status,
        StartedAt = document.StartedAt,
        CompletedAt = document.CompletedAt,
        DurationMs = document.DurationMs,
        TotalCostUsd = document.TotalCostUsd,
        Sandbox = document.Sandbox,
        Error = document.Error is { } error ? error with { Details = null, Message = error.Message.Clip(501) } : null,
        ParentExecutionId = document.ParentExecutionId,
    };

    // The head that says how it ended, and what is true only together with it.
    private static RowUpdate<RecordedEnd> End(
        ExecutionDocument document, JsonNode? offloaded, bool announce, ExecutionRow? before, IEnumerable<RowWrite> nodeRuns)
    {
        var summary = Summarize(document) with
        {
            StartedAt = before?.Summary.StartedAt ?? document.StartedAt,
            StartedBy = before?.Summary.StartedBy,
            ParentExecutionId = before?.Summary.ParentExecutionId ?? document.ParentExecutionId,
        };
        var row = new ExecutionRow(summary, before?.ContentHash ?? "")
        {
            Document = offloaded,
            Context = before?.Context,
            RerunOf = before?.RerunOf,
            ReplyTo = before?.ReplyTo,
        };
        List<RowWrite> along = [.. IndexWrites(summary), .. nodeRuns];
        if (before is not null && before.Summary.Status != summary.Status)
        {
            along.Add(new RowWrite.Delete(RecordKeys.ExecutionByStatus(before.Summary.Status, summary.ExecutionId, summary.StartedAt)));
        }

        // With the end, so that no crash can come between the end and the wish to tell of it.
        var hasNotice = row.ReplyTo is not null || announce;
        if (hasNotice)
        {
            var notice = new CompletionNotice(document.ExecutionId, row.ReplyTo);
            along.Add(new RowWrite.Upsert(
                RecordKeys.CompletionNotice(document.ExecutionId), JsonSerializer.Serialize(notice, WeftJson.Options)));
        }

        return new RowUpdate<RecordedEnd>.Write(Write(row), new RecordedEnd(IsFirst: true, hasNotice)) { Along = along };
    }

    private async Task<string?> ReplyToAsync(JsonObject context, CancellationToken cancellationToken)
    {
        var whole =
            PayloadReference.HashOf(context) is null ? context : await contexts.LoadAsync(context, cancellationToken) as JsonObject;
        return whole?[CompletionNotice.ReplyToKey] is JsonValue value && value.TryGetValue<string>(out var queue) && queue.Length > 0
            ? queue : null;
    }

    private async Task<JsonNode?> OffloadDocumentAsync(ExecutionDocument document, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, WeftJson.Options);
        var json = JsonNode.Parse(bytes);
        if (bytes.Length <= InlineDocumentBytes)
        {
            return json;
        }

        // Parts that are large by themselves are shared with the steps that offloaded them, and with the executions that repeat them.
        return await contexts.OffloadAsync(json, cancellationToken);
    }

    private static List<RowWrite> NodeRunWrites(ExecutionDocument document)
    {
        var writes = new List<RowWrite>();
        var endedAt = document.CompletedAt ?? document.StartedAt;
        for (var i = 0; i < document.Trace.Nodes.Count; i++)
        {
            var node = document.Trace.Nodes[i];
            if (node.Status is not (NodeStatus.Completed or NodeStatus.Failed))
            {
                continue;
            }

            var run = new NodeRun
            {
                ExecutionId = document.ExecutionId,
                WorkflowId = document.WorkflowId,
                NodeId = node.NodeId,
                Kind = node.Kind,
                Status = node.Status,
                EndedAt = endedAt,
                Agent = node.Agent,
                AgentType = node.AgentType,
                Model = node.Model,
                Provider = node.Provider,
                DurationMs = node.DurationMs,
                CostUsd = node.CostUsd,
                InputTokens = node.InputTokens ?? 0,
                OutputTokens = node.OutputTokens ?? 0,
                Iterations = node.Iterations ?? 0,
                ToolCalls = node.ToolCalls.Count,
                ErrorCode = node.Error?.Code,
            };
            writes.Add(new RowWrite.Upsert(
                RecordKeys.NodeRun(document.ExecutionId, endedAt, node.NodeId, i), JsonSerializer.Serialize(run, WeftJson.Options)));
        }

        return writes;
    }

    private static IEnumerable<RowWrite> IndexWrites(ExecutionSummary summary)
    {
        var json = JsonSerializer.Serialize(summary, WeftJson.Options);
        yield return new RowWrite.Upsert(RecordKeys.ExecutionByTime(summary.ExecutionId, summary.StartedAt), json);
        yield return new RowWrite.Upsert(RecordKeys.ExecutionByWorkflow(summary.WorkflowId, summary.ExecutionId, summary.StartedAt), json);
        yield return new RowWrite.Upsert(RecordKeys.ExecutionByStatus(summary.Status, summary.ExecutionId, summary.StartedAt), json);
    }

    private static string Write(ExecutionRow row) => JsonSerializer.Serialize(row, WeftJson.Options);
}
