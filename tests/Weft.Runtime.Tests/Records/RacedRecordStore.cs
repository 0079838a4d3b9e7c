using Weft.Agents.Storage;

namespace Weft.Runtime.Tests.Records;

/// <summary>The record store's port on a sorted list: for tests of key design and races, where a disk adds nothing.</summary>
internal sealed class RacedRecordStore : IRecordStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Table, string Partition, string Row),
        (string Json, long Tag)> _rows = new(Comparer<(string, string, string)>.Create(Compare));
    private long _tag;

    /// <summary>Gets or sets what happens before each batch is applied, such as another writer's write.</summary>
    public Func<Task>? BeforeBatch { get; set; }

    /// <summary>Gets the batches that were written.</summary>
    public int Batches { get; private set; }

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_rows.TryGetValue(Of(key), out var row) ? new Row(key, row.Json, Tag(row.Tag)) : null);
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
            var found = _rows
                .Where(r => r.Key.Table == range.Table && r.Key.Partition == range.Partition)
                .Where(r => range.From is null || string.CompareOrdinal(r.Key.Row, range.From) >= 0)
                .Where(r => range.To is null || string.CompareOrdinal(r.Key.Row, range.To) < 0)
                .Where(r => range.Cursor is null || string.CompareOrdinal(r.Key.Row, range.Cursor) > 0)
                .Take(range.PageSize + 1)
                .Select(r => new Row(new RowKey(r.Key.Table, r.Key.Partition, r.Key.Row), r.Value.Json, Tag(r.Value.Tag)))
                .ToList();
            return Task.FromResult(found.Count > range.PageSize
                ? new RowPage(found[..range.PageSize], found[range.PageSize - 1].Key.Row)
                : new RowPage(found, null));
        }
    }

    public async Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        if (BeforeBatch is { } before)
        {
            BeforeBatch = null;
            await before();
        }

        Assert.InRange(writes.Count, 1, RowLimits.MaxBatch);
        Assert.Single(writes.Select(w => (w.Key.Table, w.Key.Partition)).Distinct());
        Assert.Equal(writes.Count, writes.Select(w => w.Key).Distinct().Count());
        lock (_gate)
        {
            for (var i = 0; i < writes.Count; i++)
            {
                if (Fits(writes[i]) is var status and not WriteStatus.Written)
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
            var status = Fits(write);
            return Task.FromResult(new WriteResult(status, status == WriteStatus.Written ? Apply(write) : default));
        }
    }

    private WriteStatus Fits(RowWrite write)
    {
        var exists = _rows.TryGetValue(Of(write.Key), out var row);
        return write switch
        {
            RowWrite.Insert when exists => WriteStatus.Conflict,
            RowWrite.Replace when !exists => WriteStatus.NotFound,
            RowWrite.Replace replace when replace.Expected != Tag(row.Tag) => WriteStatus.Conflict,
            RowWrite.Delete when !exists => WriteStatus.NotFound,
            RowWrite.Delete { Expected: { } expected } when expected != Tag(row.Tag) => WriteStatus.Conflict,
            _ => WriteStatus.Written,
        };
    }

    private ETag Apply(RowWrite write)
    {
        RowRules.Require(write.Key);
        var json = write switch { RowWrite.Insert i => i.Json, RowWrite.Replace r => r.Json, RowWrite.Upsert u => u.Json, _ => null };
        if (json is null)
        {
            _rows.Remove(Of(write.Key));
            return default;
        }

        RowRules.Utf8(write.Key, json);
        _rows[Of(write.Key)] = (json, ++_tag);
        return Tag(_tag);
    }

    private static (string, string, string) Of(RowKey key) => (key.Table, key.Partition, key.Row);

    private static ETag Tag(long tag) => new(tag.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static int Compare((string, string, string) left, (string, string, string) right)
    {
        var table = string.CompareOrdinal(left.Item1, right.Item1);
        var partition = table != 0 ? table : string.CompareOrdinal(left.Item2, right.Item2);
        return partition != 0 ? partition : string.CompareOrdinal(left.Item3, right.Item3);
    }
}
