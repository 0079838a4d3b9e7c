using System.Text;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Runtime.Records;

/// <summary>Reads one list of executions: the same range of every bucket, merged newest first.</summary>
internal sealed class ExecutionIndex(IRecordStore store)
{
    // A filter that nearly nothing meets ends the page early, and the cursor goes on from there.
    private const int MostScanned = 5_000;

    public async Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        var prefix = query switch
        {
            { WorkflowId: { } workflow } => RecordKeys.WorkflowPrefix(workflow),
            { Status: { } status } => RecordKeys.StatusPrefix(status),
            _ => RecordKeys.AllPrefix,
        };
        var limit = Math.Clamp(query.Limit, 1, 200);
        var from = query.Cursor is { } cursor
            ? After(cursor, prefix)
            : prefix + (query.To is { } before ? RecordKeys.NewestFirst(before) + "}" : "");
        var to = query.From is { } earliest ? prefix + RecordKeys.NewestFirst(earliest) + "}" : prefix + "}";

        var buckets = Enumerable.Range(0, RecordKeys.ExecutionBuckets)
            .Select(b =>
                new BucketReader(store,
                    new RowRange(RecordKeys.Executions, RecordKeys.ExecutionBucketName(b)) { From = from, To = to, PageSize = limit + 1 }))
            .ToList();
        await Task.WhenAll(buckets.Select(b => b.ReadAsync(cancellationToken)));

        var items = new List<ExecutionSummary>(limit);
        var queue = new PriorityQueue<BucketReader, string>(StringComparer.Ordinal);
        foreach (var bucket in buckets.Where(b => b.Current is not null))
        {
            queue.Enqueue(bucket, bucket.Current!.Key.Row); // Where says so.
        }

        string? last = null;
        for (var scanned = 0; queue.Count > 0; scanned++)
        {
            if (items.Count == limit || scanned == MostScanned)
            {
                return new Page<ExecutionSummary>(items, Encode(last!)); // Something was read before either holds.
            }

            var bucket = queue.Dequeue();
            var row = bucket.Current!; // Only readers with a row are queued.
            last = row.Key.Row;
            var summary = row.As<ExecutionSummary>();
            if (query.Status is null || summary.Status == query.Status)
            {
                items.Add(summary);
            }

            if (await bucket.MoveAsync(cancellationToken))
            {
                queue.Enqueue(bucket, bucket.Current!.Key.Row); // MoveAsync says so.
            }
        }

        return new Page<ExecutionSummary>(items, null);
    }

    private static string Encode(string row) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(row)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    // The key right after the last one answered: keys end in an id, and no key continues another by '!'.
    private static string After(string cursor, string prefix)
    {
        try
        {
            var base64 = cursor.Replace('-', '+').Replace('_', '/');
            var row = Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
            if (row.StartsWith(prefix, StringComparison.Ordinal) && row.Length <= RowLimits.MaxKeyLength - 1)
            {
                return row + "!";
            }
        }
        catch (FormatException)
        {
            // It is answered below, like any other cursor that is none of ours.
        }

        throw new WeftException(
            "invalid_cursor", Fault.Malformed,
            "The cursor is not one that this list gave. Leave it out to start from the newest, and keep the filters of the first page.");
    }

    /// <summary>One bucket's rows, a page at a time.</summary>
    private sealed class BucketReader(IRecordStore store, RowRange range)
    {
        private IReadOnlyList<Row> _rows = [];
        private string? _next;
        private int _place;

        public Row? Current => _place < _rows.Count ? _rows[_place] : null;

        public async Task ReadAsync(CancellationToken cancellationToken)
        {
            var page = await store.QueryAsync(range with { Cursor = _next }, cancellationToken);
            (_rows, _next, _place) = (page.Rows, page.NextCursor, 0);
        }

        public async Task<bool> MoveAsync(CancellationToken cancellationToken)
        {
            _place++;
            while (Current is null && _next is not null)
            {
                await ReadAsync(cancellationToken);
            }

            return Current is not null;
        }
    }
}
