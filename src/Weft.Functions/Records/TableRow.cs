using System.Text;
using Azure.Data.Tables;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Functions.Records;

/// <summary>A row as an entity: its JSON as UTF-8 in binary properties, each below the 64 KiB that one may hold.</summary>
internal static class TableRow
{
    private const int ChunkBytes = 60 * 1024;

    /// <exception cref="WeftException"><c>row_too_large</c>, <c>invalid_row</c> or <c>invalid_row_key</c>.</exception>
    public static TableEntity ToEntity(RowKey key, string json)
    {
        var bytes = RowRules.Utf8(key, json);
        var entity = new TableEntity(TableKey.Encode(key.Partition), TableKey.Encode(key.Row));
        for (var (start, index) = (0, 0); start < bytes.Length; start += ChunkBytes, index++)
        {
            entity[$"Data{index}"] = bytes.AsSpan(start, Math.Min(ChunkBytes, bytes.Length - start)).ToArray();
        }

        return entity;
    }

    public static Row ToRow(RowKey key, TableEntity entity)
    {
        // All chunks at once: one may end within a character.
        using var bytes = new MemoryStream();
        foreach (var chunk in ChunksOf(entity))
        {
            bytes.Write(chunk);
        }

        return new Row(key, Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), new ETag(entity.ETag.ToString()));
    }

    /// <summary>What an entity takes in a transaction, in bytes: binary values are base64, and keys and headers come on top.</summary>
    public static int SizeInTransaction(TableEntity entity) => 2048 + ChunksOf(entity).Sum(chunk => ((chunk.Length + 2) / 3) * 4);

    private static IEnumerable<byte[]> ChunksOf(TableEntity entity)
    {
        for (var index = 0; entity.GetBinary($"Data{index}") is { } chunk; index++)
        {
            yield return chunk;
        }
    }
}
