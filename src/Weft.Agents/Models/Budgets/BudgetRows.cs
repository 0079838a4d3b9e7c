using System.Collections.Concurrent;
using Weft.Agents.Storage;

namespace Weft.Agents.Models.Budgets;

/// <summary>The rows of budgets, and how this process left them: one that nobody else writes is not read before each write.</summary>
/// <remarks>
/// A write always names the tag that it builds on, so that what is remembered can be out of date without harm: it costs a write that is
/// refused. A row that was refused is read first from then on, until it is found as it was left here.
/// </remarks>
internal sealed class BudgetRows(IRecordStore store)
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<RowKey, Known> _known = new();

    /// <summary>The row as it lies there now; null: there is none.</summary>
    public async Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        var row = await store.ReadAsync(key, cancellationToken);
        _known.TryAdd(key, new Known(row, IsShared: false)); // Never over what a write left meanwhile: that is newer.
        return row;
    }

    /// <summary>The row to build a write on; null: none is known of.</summary>
    public async Task<Row?> LatestAsync(RowKey key, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(key, out var known) && !known.IsShared)
        {
            return known.Row;
        }

        var row = await store.ReadAsync(key, cancellationToken);
        Remember(key, new Known(row, IsShared: known is not null && known.Row?.ETag != row?.ETag));
        return row;
    }

    /// <summary>Writes a row in the place of what <see cref="LatestAsync"/> answered.</summary>
    /// <returns>False: another process was faster.</returns>
    public async Task<bool> WriteAsync(RowKey key, Row? latest, string json, CancellationToken cancellationToken)
    {
        _known.TryGetValue(key, out var known);

        // Should the write fail half-way, nobody knows what lies there.
        _known.TryRemove(key, out _);
        var written = latest is null
            ? await store.InsertAsync(key, json, cancellationToken)
            : await store.ReplaceAsync(key, json, latest.ETag, cancellationToken);
        Remember(
            key,
            written.Written ? new Known(new Row(key, json, written.ETag), known is { IsShared: true }) : new Known(null, IsShared: true));
        return written.Written;
    }

    private void Remember(RowKey key, Known known)
    {
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        _known[key] = known;
    }

    private sealed record Known(Row? Row, bool IsShared);
}
