using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Tools.Records;

/// <summary>Who used which action when, and how it went.</summary>
/// <remarks>
/// Table <c>tool_usage</c>: partition <c>h|yyyyMMddHH</c> / <c>inverted time|id</c>, so that a period is a walk over its hours;
/// partition <c>e|entity</c> / the same row key: one entity's history, newest first.
/// </remarks>
public sealed class ToolUsageRecords(IRecordStore store)
{
    /// <summary>The table.</summary>
    public const string Table = "tool_usage";

    /// <summary>The longest period that is read: 31 days.</summary>
    public static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(31);

    /// <summary>Notes one use.</summary>
    public async Task AddAsync(ToolUsage usage, CancellationToken cancellationToken)
    {
        var row = $"{RecordKeys.NewestFirst(usage.ExecutedAt)}|{RecordKeys.Part(usage.Id)}";
        var json = JsonSerializer.Serialize(usage with { ErrorMessage = usage.ErrorMessage?.Clip(1_000) }, WeftJson.Options);
        var byHour = store.UpsertAsync(new RowKey(Table, Hour(usage.ExecutedAt), row), json, cancellationToken);
        if (usage.EntityId is { Length: > 0 } entity)
        {
            await store.UpsertAsync(new RowKey(Table, "e|" + RecordKeys.Part(entity), row), json, cancellationToken);
        }

        await byHour;
    }

    /// <summary>The uses of a period, newest first.</summary>
    public async IAsyncEnumerable<ToolUsage> ReadAsync(
        DateTime fromUtc, DateTime toUtc, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = toUtc - fromUtc > LongestPeriod ? toUtc - LongestPeriod : fromUtc;
        for (var hour = toUtc.Date.AddHours(toUtc.Hour); hour >= from.Date.AddHours(from.Hour); hour = hour.AddHours(-1))
        {
            await foreach (var usage in PartitionAsync(Hour(hour), cancellationToken))
            {
                if (usage.ExecutedAt >= from && usage.ExecutedAt <= toUtc)
                {
                    yield return usage;
                }
            }
        }
    }

    /// <summary>An entity's last uses, newest first.</summary>
    public async Task<IReadOnlyList<ToolUsage>> OfEntityAsync(string entityId, int most, CancellationToken cancellationToken)
    {
        var uses = new List<ToolUsage>();
        await foreach (var usage in PartitionAsync("e|" + RecordKeys.Part(entityId), cancellationToken))
        {
            if (uses.Count == most)
            {
                break;
            }

            uses.Add(usage);
        }

        return uses;
    }

    /// <summary>Removes the uses of one hour.</summary>
    /// <param name="hourUtc">Any time within it.</param>
    /// <param name="cancellationToken">Ends the removal; what is left goes another time.</param>
    public async Task DeleteHourAsync(DateTime hourUtc, CancellationToken cancellationToken)
    {
        var range = new RowRange(Table, Hour(hourUtc)) { PageSize = RowLimits.MaxBatch };
        for (var page = await store.QueryAsync(range, cancellationToken); page.Rows.Count > 0; page =
            await store.QueryAsync(range, cancellationToken))
        {
            foreach (var row in page.Rows)
            {
                if (row.As<ToolUsage>().EntityId is { Length: > 0 } entity)
                {
                    await store.DeleteAsync(row.Key with { Partition = "e|" + RecordKeys.Part(entity) }, null, cancellationToken);
                }
            }

            await store.BatchAsync([.. page.Rows.Select(r => (RowWrite)new RowWrite.Delete(r.Key))], cancellationToken);
        }
    }

    private IAsyncEnumerable<ToolUsage> PartitionAsync(string partition, CancellationToken cancellationToken) =>
        store.ReadAllAsync(new RowRange(Table, partition) { PageSize = 500 }, cancellationToken).Select(r => r.As<ToolUsage>());

    private static string Hour(DateTime utc) => "h|" + utc.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
}
