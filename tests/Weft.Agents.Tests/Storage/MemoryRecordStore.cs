using System.Globalization;
using Weft.Agents.Storage;

namespace Weft.Agents.Tests.Storage;

/// <summary>The record store's port over a sorted dictionary: for tests of keys and races, and those that are not about storage.</summary>
internal sealed class MemoryRecordStore : IRecordStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Table, string Partition), SortedDictionary<string, (string Json, string Tag)>> _partitions = [];
    private int _tag;

    /// <summary>Gets or sets what happens once, before the next batch is applied: such as another writer's write.</summary>
    public Func<Task>? BeforeBatch { get; set; }

    /// <summary>Gets the batches that were written.</summary>
    public int Batches { get; private set; }

    public int Writes { get; private set; }

    public int Reads { get; private set; }

    public int Rows
    {
        get
        {
            lock (_gate)
            {
                return _partitions.Values.Sum(p => p.Count);
            }
        }
    }

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Reads++;
            return Task.FromResult(Partition(key).TryGetValue(key.Row, out var row) ? new Row(key, row.Json, new ETag(row.Tag)) : null);
        }
    }

    public Task<WriteResult> InsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        One(new RowWrite.Insert(key, json));

    public Task<WriteResult> ReplaceAsync(RowKey key, string json, ETag expected, CancellationToken cancellationToken) =>
        One(new RowWrite.Replace(key, json, expected));

    public Task<WriteResult> UpsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        One(new RowWrite.Upsert(key, json));

    public Task<WriteResult> DeleteAsync(RowKey key, ETag? expected, CancellationToken cancellationToken) =>
        One(new RowWrite.Delete(key, expected));

    public Task<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Reads++;
            var rows = Partition(new RowKey(range.Table, range.Partition, ""))
                .Where(r => (range.From is null || string.CompareOrdinal(r.Key, range.From) >= 0)
                    && (range.To is null || string.CompareOrdinal(r.Key, range.To) < 0)
                    && (range.Cursor is null || string.CompareOrdinal(r.Key, range.Cursor) > 0))
                .Take(range.PageSize + 1)
                .Select(r => new Row(new RowKey(range.Table, range.Partition, r.Key), r.Value.Json, new ETag(r.Value.Tag)))
                .ToList();
            return Task.FromResult(rows.Count > range.PageSize
                ? new RowPage(rows[..range.PageSize], rows[range.PageSize - 1].Key.Row)
                : new RowPage(rows, null));
        }
    }

    public async Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        if (BeforeBatch is { } before)
        {
            BeforeBatch = null;
            await before();
        }

        Assert.NotEmpty(writes);
        RowRules.Require(writes);
        lock (_gate)
        {
            for (var i = 0; i < writes.Count; i++)
            {
                if (Check(writes[i]) is var status and not WriteStatus.Written)
                {
                    return new BatchResult(status, i);
                }
            }

            foreach (var write in writes)
            {
                Apply(write);
            }

            Batches++;
            return new BatchResult(WriteStatus.Written, -1);
        }
    }

    private Task<WriteResult> One(RowWrite write)
    {
        lock (_gate)
        {
            var status = Check(write);
            return Task.FromResult(new WriteResult(status, status == WriteStatus.Written ? Apply(write) : default));
        }
    }

    private WriteStatus Check(RowWrite write)
    {
        var exists = Partition(write.Key).TryGetValue(write.Key.Row, out var row);
        return write switch
        {
            RowWrite.Insert => exists ? WriteStatus.Conflict : WriteStatus.Written,
            RowWrite.Replace r => !exists ? WriteStatus.NotFound : row.Tag == r.Expected.Value ? WriteStatus.Written : WriteStatus.Conflict,
            RowWrite.Delete d => !exists ? WriteStatus.NotFound
                : d.Expected is null || row.Tag == d.Expected.Value.Value ? WriteStatus.Written
                : WriteStatus.Conflict,
            _ => WriteStatus.Written,
        };
    }

    private ETag Apply(RowWrite write)
    {
        Writes++;
        RowRules.Require(write.Key);
        if (write is RowWrite.Delete)
        {
            Partition(write.Key).Remove(write.Key.Row);
            return default;
        }

        var json = write switch
        {
            RowWrite.Insert i => i.Json,
            RowWrite.Replace r => r.Json,
            RowWrite.Upsert u => u.Json,
            _ => throw new InvalidOperationException("Unknown write."),
        };
        RowRules.Utf8(write.Key, json);
        var tag = (++_tag).ToString(CultureInfo.InvariantCulture);
        Partition(write.Key)[write.Key.Row] = (json, tag);
        return new ETag(tag);
    }

    private SortedDictionary<string, (string Json, string Tag)> Partition(RowKey key)
    {
        if (!_partitions.TryGetValue((key.Table, key.Partition), out var rows))
        {
            _partitions[(key.Table, key.Partition)] = rows = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
        }

        return rows;
    }
}
