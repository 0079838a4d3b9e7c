using System.Text;
using Azure.Data.Tables;
using Weft.Agents.Records;
using Weft.Workflows;

namespace Weft.Functions.Records;

/// <summary>A row as an entity: its JSON as UTF-8 in binary properties, each below the 64 KiB that one may hold.</summary>
internal static class TableRow
{
    private const int ChunkBytes = 60 * 1024;

    public static TableEntity ToEntity(RowKey key, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length > RowLimits.MaxJsonBytes)
        {
            throw new WeftException(
                "row_too_large",
                $"A row of table '{key.Table}' has {bytes.Length} bytes; {RowLimits.MaxJsonBytes} are allowed. Large values belong in the context store.");
        }

        var entity = new TableEntity(TableKey.Encode(key.Partition), TableKey.Encode(key.Row));
        for (var (start, index) = (0, 0); start < bytes.Length || index == 0; start += ChunkBytes, index++)
        {
            entity[$"Data{index}"] = bytes.AsSpan(start, Math.Min(ChunkBytes, bytes.Length - start)).ToArray();
        }

        return entity;
    }

    public static Row ToRow(string table, TableEntity entity)
    {
        var json = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        for (var index = 0; entity.GetBinary($"Data{index}") is { } chunk; index++)
        {
            var characters = new char[decoder.GetCharCount(chunk, flush: false)];
            json.Append(characters, 0, decoder.GetChars(chunk, characters, flush: false));
        }

        return new Row(
            new RowKey(table, TableKey.Decode(entity.PartitionKey), TableKey.Decode(entity.RowKey)),
            json.ToString(),
            new ETag(entity.ETag.ToString()));
    }
}
