using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Workflows;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Records;

/// <summary>How far a tool call has come.</summary>
public enum ToolCallStatus
{
    /// <summary>It was about to be made. Without more, nobody knows whether it took effect.</summary>
    Started,

    /// <summary>It took effect, and its answer is recorded.</summary>
    Succeeded,

    /// <summary>It did not take effect, or the tool says that it failed.</summary>
    Failed,
}

/// <summary>One tool call: the intent before it acts, and the result after. One row for each call id.</summary>
public sealed record ToolCallRecord
{
    public required string ExecutionId { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery.</summary>
    public required string CallId { get; init; }

    public required string Tool { get; init; }

    public required ToolCallStatus Status { get; init; }

    public string? WorkflowId { get; init; }

    public string? NodeId { get; init; }

    public string? Agent { get; init; }

    public string? App { get; init; }

    public string? Action { get; init; }

    public string? EntityId { get; init; }

    /// <summary>Gets how often it was delivered and made, from 1.</summary>
    public int Attempt { get; init; } = 1;

    public required DateTime StartedAt { get; init; }

    /// <summary>Gets the time after which whoever started it has given up.</summary>
    public required DateTime Deadline { get; init; }

    /// <summary>Gets the process that started it.</summary>
    public required string Owner { get; init; }

    /// <summary>Gets SHA-256 of tool, entity and arguments; the arguments themselves are not kept.</summary>
    public required string Fingerprint { get; init; }

    public DateTime? CompletedAt { get; init; }

    public long DurationMs { get; init; }

    /// <summary>Gets the answer; a large one is a stored payload.</summary>
    public JsonNode? Output { get; init; }

    public ToolFailure? Failure { get; init; }

    /// <summary>Gets the id by which the tool's provider finds the call.</summary>
    public string? LogId { get; init; }
}

/// <summary>A record as it was read, with the tag to replace it by.</summary>
public sealed record StoredToolCall(ToolCallRecord Record, ETag ETag);

/// <summary>The intents and results of tool calls.</summary>
/// <remarks>Table <c>tool_calls</c>; partition: the execution id; row: the call id. Calls of one execution lie together, and executions apart.</remarks>
public sealed class ToolCallRecords(IRecordStore store)
{
    /// <summary>The table.</summary>
    public const string Table = "tool_calls";

    /// <summary>The record of a call; null when it was never started.</summary>
    public async Task<StoredToolCall?> ReadAsync(string executionId, string callId, CancellationToken cancellationToken) =>
        await store.ReadAsync(Key(executionId, callId), cancellationToken) is { } row ? new StoredToolCall(Parse(row), row.ETag) : null;

    /// <summary>Writes the first record of a call.</summary>
    /// <returns>Its tag; null when the call has a record already.</returns>
    public async Task<ETag?> InsertAsync(ToolCallRecord record, CancellationToken cancellationToken)
    {
        var result = await store.InsertAsync(Key(record.ExecutionId, record.CallId), Json(record), cancellationToken);
        return result.Written ? result.ETag : null;
    }

    /// <summary>Replaces a record that must still be as it was read.</summary>
    /// <returns>Its new tag; null when somebody else was faster.</returns>
    public async Task<ETag?> ReplaceAsync(ToolCallRecord record, ETag expected, CancellationToken cancellationToken)
    {
        var result = await store.ReplaceAsync(Key(record.ExecutionId, record.CallId), Json(record), expected, cancellationToken);
        return result.Written ? result.ETag : null;
    }

    /// <summary>The calls of an execution, in the order of their ids.</summary>
    public async Task<IReadOnlyList<ToolCallRecord>> ListAsync(string executionId, CancellationToken cancellationToken)
    {
        var records = new List<ToolCallRecord>();
        var range = new RowRange(Table, RecordKeys.Part(executionId)) { PageSize = 500 };
        string? cursor = null;
        do
        {
            var page = await store.QueryAsync(range with { Cursor = cursor }, cancellationToken);
            records.AddRange(page.Rows.Select(Parse));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return records;
    }

    /// <summary>Removes the calls of an execution that began before a time, such as when the execution is purged.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> DeleteAsync(string executionId, DateTime before, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var record in await ListAsync(executionId, cancellationToken))
        {
            if (record.StartedAt < before && (await store.DeleteAsync(Key(executionId, record.CallId), null, cancellationToken)).Written)
            {
                removed++;
            }
        }

        return removed;
    }

    private static RowKey Key(string executionId, string callId) => new(Table, RecordKeys.Part(executionId), RecordKeys.Part(callId));

    private static string Json(ToolCallRecord record) => JsonSerializer.Serialize(record, WeftJson.Options);

    private static ToolCallRecord Parse(Row row) => JsonSerializer.Deserialize<ToolCallRecord>(row.Json, WeftJson.Options)
        ?? throw new InvalidDataException($"The row '{row.Key.Row}' of table '{Table}' is no tool call.");
}
