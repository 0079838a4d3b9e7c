using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Tools.Records;

/// <summary>The intents and results of tool calls.</summary>
/// <remarks>
/// Table <c>tool_calls</c>; partition: the execution id; row: the call id. Calls of one execution lie together, and executions apart.
/// </remarks>
public sealed class ToolCallRecords(IRecordStore store)
{
    /// <summary>The table.</summary>
    public const string Table = "tool_calls";

    /// <summary>The record of a call; null when it was never started.</summary>
    public async Task<StoredToolCall?> ReadAsync(string executionId, string callId, CancellationToken cancellationToken) =>
        await store.ReadAsync(Key(executionId, callId), cancellationToken) is { } row
            ? new StoredToolCall(row.As<ToolCallRecord>(), row.ETag) : null;

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
    public async Task<IReadOnlyList<ToolCallRecord>> ListAsync(string executionId, CancellationToken cancellationToken) =>
        await store.ReadAllAsync(new RowRange(Table, RecordKeys.Part(executionId)) { PageSize = 500 }, cancellationToken)
            .Select(r => r.As<ToolCallRecord>()).ToListAsync(cancellationToken);

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
}
