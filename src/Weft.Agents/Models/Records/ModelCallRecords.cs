using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Records;

/// <summary>The records of model calls: each by its execution, and by the day it was made for what it cost.</summary>
/// <remarks>
/// Table <c>model_calls</c>. By execution: <c>x|execution id</c> / <c>c|call id</c> with the outcome, so that a call that was delivered
/// again is not made again; <c>x|execution id</c> / <c>f|call id|time</c> for tries that failed. By time: <c>t|yyyyMMdd|bucket</c> /
/// <c>inverted time|execution id|call id</c>, newest first, spread over <see cref="Buckets"/> so that no partition takes a whole day's
/// writes. A day that is over is summed once: <c>s|models</c> and <c>s|workflows</c> / <c>yyyyMMdd</c>.
/// </remarks>
public sealed class ModelCallRecords(IRecordStore store, ContextStore contexts, TimeProvider time)
{
    /// <summary>The partitions of a day. Part of the stored format.</summary>
    private const int Buckets = 8;

    private const string Table = "model_calls";
    private const int RecentCalls = 400;

    /// <summary>The recorded answer of a call; null when there is none.</summary>
    public async Task<ModelOutcome?> FindAnswerAsync(string executionId, string callId, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(AnswerKey(executionId, callId), cancellationToken) is not { } row
            || JsonNode.Parse(row.Json)?["outcome"] is not { } stored)
        {
            return null;
        }

        // The whole outcome may lie in the context store; stand-ins inside it stay what they were.
        var outcome = PayloadReference.HashOf(stored) is null ? stored : await contexts.LoadOuterAsync(stored, cancellationToken);
        return outcome.Deserialize<ModelOutcome>(WeftJson.Options);
    }

    /// <summary>Records a call and its outcome. The answer is durable when the task completes.</summary>
    public async Task WriteAsync(ModelCallRecord record, ModelOutcome outcome, CancellationToken cancellationToken)
    {
        var call = JsonSerializer.SerializeToNode(record, WeftJson.Options)!.AsObject();
        var json = call.ToJsonString(WeftJson.Options);
        if (outcome is ModelOutcome.Replied)
        {
            call["outcome"] = await contexts.OffloadAsync(JsonSerializer.SerializeToNode(outcome, WeftJson.Options), cancellationToken);
        }

        var byExecution = outcome is ModelOutcome.Replied ? AnswerKey(record.ExecutionId, record.CallId) : FailureKey(record);
        await Task.WhenAll(
            store.UpsertAsync(byExecution, call.ToJsonString(WeftJson.Options), cancellationToken),
            store.UpsertAsync(TimeKey(record), json, cancellationToken));
    }

    /// <summary>The calls between two times (UTC; <paramref name="to"/> exclusive), in no particular order.</summary>
    public async IAsyncEnumerable<ModelCallRecord> BetweenAsync(
        DateTime from, DateTime to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var day = from.Date; day < to; day = day.AddDays(1))
        {
            // Inverted: the latest time comes first.
            var first = RecordKeys.NewestFirst(to < day.AddDays(1) ? to.AddTicks(-1) : day.AddDays(1).AddTicks(-1));
            var last = RecordKeys.NewestFirst(from > day ? from : day);
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                var range = new RowRange(Table, DayPartition(day, bucket)) { From = first, To = last + "~", PageSize = 1000 };
                await foreach (var row in store.ReadAllAsync(range, cancellationToken))
                {
                    yield return row.As<ModelCallRecord>();
                }
            }
        }
    }

    /// <summary>Removes the answers and failures of one execution; what they cost stays with their day.</summary>
    public async Task DeleteAsync(string executionId, CancellationToken cancellationToken) =>
        await DeleteAsync(new RowRange(Table, ExecutionPartition(executionId)) { PageSize = 1000 }, cancellationToken);

    /// <summary>Whether any call of a day is recorded by its time.</summary>
    public async Task<bool> HasDayAsync(DateTime day, CancellationToken cancellationToken)
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if ((await store.QueryAsync(new RowRange(Table, DayPartition(day, bucket)) { PageSize = 1 }, cancellationToken)).Rows.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes a day's calls by time. Its sum is to be kept first (<see cref="KeepSumAsync"/>).</summary>
    public async Task DeleteDayAsync(DateTime day, CancellationToken cancellationToken)
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            await DeleteAsync(new RowRange(Table, DayPartition(day, bucket)) { PageSize = 1000 }, cancellationToken);
        }
    }

    private async Task DeleteAsync(RowRange range, CancellationToken cancellationToken)
    {
        await foreach (var batch in store.ReadAllAsync(range, cancellationToken).Chunk(RowLimits.MaxBatch).WithCancellation(
            cancellationToken))
        {
            if (!(await store.BatchAsync([.. batch.Select(r => new RowWrite.Delete(r.Key))], cancellationToken)).Written)
            {
                // Another pass was there at the same time: one by one, what is gone is gone.
                foreach (var row in batch)
                {
                    await store.DeleteAsync(row.Key, expected: null, cancellationToken);
                }
            }
        }
    }

    /// <summary>Some hundred of the latest calls, of today and yesterday.</summary>
    internal async Task<IReadOnlyList<ModelCallRecord>> RecentAsync(CancellationToken cancellationToken)
    {
        var today = time.GetUtcNow().UtcDateTime.Date;
        var calls = new List<ModelCallRecord>();
        foreach (var day in (DateTime[])[today, today.AddDays(-1)])
        {
            for (var bucket = 0; bucket < Buckets && calls.Count < RecentCalls; bucket++)
            {
                var page = await store.QueryAsync(
                    new RowRange(Table, DayPartition(day, bucket)) { PageSize = RecentCalls / Buckets }, cancellationToken);
                calls.AddRange(page.Rows.Select(r => r.As<ModelCallRecord>()));
            }
        }

        return calls;
    }

    /// <summary>The stored sums of days from a day on, by day; only days that were summed.</summary>
    internal async Task<IReadOnlyDictionary<DateTime, T>> SumsAsync<T>(string kind, DateTime fromDay, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<DateTime, T>();
        var range = new RowRange(Table, "s|" + kind) { From = DayText(fromDay), PageSize = 1000 };
        await foreach (var row in store.ReadAllAsync(range, cancellationToken))
        {
            var day = DateTime.ParseExact(
                row.Key.Row, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            sums[day] = row.As<KeptSum<T>>().Sum;
        }

        return sums;
    }

    /// <summary>Keeps the sum of a day that is over; one too large for a row is not kept, and is summed again when asked for.</summary>
    internal async Task KeepSumAsync<T>(string kind, DateTime day, T sum, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(new KeptSum<T>(sum), WeftJson.Options);
        if (System.Text.Encoding.UTF8.GetByteCount(json) < RowLimits.MaxJsonBytes)
        {
            await store.UpsertAsync(new RowKey(Table, "s|" + kind, DayText(day)), json, cancellationToken);
        }
    }

    // A row is one object, whatever the sum is.
    private sealed record KeptSum<T>(T Sum);

    private static RowKey AnswerKey(string executionId, string callId) =>
        new(Table, ExecutionPartition(executionId), "c|" + RecordKeys.Part(callId));

    private static RowKey FailureKey(ModelCallRecord record) =>
        new(Table, ExecutionPartition(record.ExecutionId),
            $"f|{RecordKeys.Part(record.CallId)}|{RecordKeys.NewestFirst(record.CreatedAt)}");

    private static RowKey TimeKey(ModelCallRecord record) => new(
        Table,
        DayPartition(record.CreatedAt, RecordKeys.Bucket(record.ExecutionId, Buckets)),
        $"{RecordKeys.NewestFirst(record.CreatedAt)}|{RecordKeys.Part(record.ExecutionId)}|{RecordKeys.Part(record.CallId)}");

    private static string ExecutionPartition(string executionId) => "x|" + RecordKeys.Part(executionId);

    private static string DayPartition(DateTime day, int bucket) => $"t|{DayText(day)}|{bucket}";

    private static string DayText(DateTime day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
