using System.Runtime.CompilerServices;
using System.Text.Json;
using Weft.Language;

namespace Weft.Agents.Storage;

/// <summary>What readers of every table do.</summary>
public static class RecordStoreExtensions
{
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

    /// <summary>Reads the record that a row holds.</summary>
    /// <exception cref="InvalidDataException">The row holds JSON null, which no store takes.</exception>
    /// <exception cref="JsonException">The row is none of that kind.</exception>
    public static T As<T>(this Row row) =>
        JsonSerializer.Deserialize<T>(row.Json, WeftJson.Options)
            ?? throw new InvalidDataException($"The row '{row.Key.Row}' of '{row.Key.Table}' holds nothing.");
}
