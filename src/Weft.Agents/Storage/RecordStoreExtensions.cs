using System.Runtime.CompilerServices;
using System.Text.Json;
using Weft.Language;

namespace Weft.Agents.Storage;

/// <summary>What readers and writers of every table do.</summary>
public static class RecordStoreExtensions
{
    // Each attempt that fails is another writer's success, so that this many in a row say that something writes without end.
    private const int MostAttempts = 20;

    /// <summary>Reads all rows of a range in key order, a page at a time. Rows that were read may be deleted meanwhile.</summary>
    public static async IAsyncEnumerable<Row> ReadAllAsync(
        this IRecordStore store, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await store.QueryAsync(range, cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            range = range with { Cursor = page.NextCursor };
        }
        while (range.Cursor is not null);
    }

    /// <summary>
    /// Changes a row by what it holds: reads it, has it changed, writes it, and starts again when another writer was faster.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The row; it need not exist.</param>
    /// <param name="contended">What the error says, should the row keep changing: a sentence without its full stop.</param>
    /// <param name="change">
    /// Decides by the row, null when there is none. It is called once an attempt, so that whatever it writes must bear to be repeated.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WeftException">Code <c>record_contended</c>: 20 attempts in a row met a row that had changed.</exception>
    public static async Task<T> UpdateAsync<T>(
        this IRecordStore store, RowKey key, string contended, Func<Row?, Task<RowUpdate<T>>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var found = await store.ReadAsync(key, cancellationToken);
            switch (await change(found))
            {
                case RowUpdate<T>.Keep keep:
                    return keep.Result;
                case RowUpdate<T>.Write write when await store.WriteAsync(key, found, write, cancellationToken):
                    return write.Result;
            }
        }

        throw new WeftException("record_contended", Fault.Contended, $"{contended}. Try again.");
    }

    /// <summary>The same with a change that only looks at the row.</summary>
    /// <inheritdoc cref="UpdateAsync{T}(IRecordStore, RowKey, string, Func{Row, Task{RowUpdate{T}}}, CancellationToken)"/>
    public static Task<T> UpdateAsync<T>(
        this IRecordStore store, RowKey key, string contended, Func<Row?, RowUpdate<T>> change, CancellationToken cancellationToken) =>
        store.UpdateAsync(key, contended, found => Task.FromResult(change(found)), cancellationToken);

    /// <summary>Reads the record that a row holds.</summary>
    /// <exception cref="InvalidDataException">The row holds JSON null, which no store takes.</exception>
    /// <exception cref="JsonException">The row is none of that kind.</exception>
    public static T As<T>(this Row row) =>
        JsonSerializer.Deserialize<T>(row.Json, WeftJson.Options)
            ?? throw new InvalidDataException($"The row '{row.Key.Row}' of '{row.Key.Table}' holds nothing.");

    private static async Task<bool> WriteAsync<T>(
        this IRecordStore store, RowKey key, Row? found, RowUpdate<T>.Write write, CancellationToken cancellationToken)
    {
        if (write.Along.Count > 0)
        {
            RowWrite own = found is null ? new RowWrite.Insert(key, write.Json) : new RowWrite.Replace(key, write.Json, found.ETag);
            return (await store.BatchAsync([own, .. write.Along], cancellationToken)).Written;
        }

        var written = found is null
            ? await store.InsertAsync(key, write.Json, cancellationToken)
            : await store.ReplaceAsync(key, write.Json, found.ETag, cancellationToken);
        return written.Written;
    }
}
