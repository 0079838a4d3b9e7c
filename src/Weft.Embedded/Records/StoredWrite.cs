using Weft.Agents.Storage;

namespace Weft.Embedded.Records;

/// <summary>A write in the form of the database.</summary>
internal sealed record StoredWrite(StoredWriteKind Kind, string Table, byte[] Partition, byte[] Row, byte[]? Json, long? Expected)
{
    public static StoredWrite Of(RowWrite write)
    {
        var key = write.Key;
        return write switch
        {
            RowWrite.Insert insert => Of(StoredWriteKind.Insert, key, insert.Json, null),
            RowWrite.Replace replace => Of(StoredWriteKind.Replace, key, replace.Json, RecordWriter.Version(replace.Expected)),
            RowWrite.Upsert upsert => Of(StoredWriteKind.Upsert, key, upsert.Json, null),
            RowWrite.Delete delete => Of(StoredWriteKind.Delete, key, null, delete.Expected is { } tag ? RecordWriter.Version(tag) : null),
            _ => throw new ArgumentOutOfRangeException(nameof(write), write, "Not a write of this store."),
        };
    }

    private static StoredWrite Of(StoredWriteKind kind, RowKey key, string? json, long? expected) =>
        new(kind, key.Table, OrdinalKey.Encode(key.Partition), OrdinalKey.Encode(key.Row), json is null ? null : RowRules.Utf8(key, json),
            expected);
}
