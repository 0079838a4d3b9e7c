namespace Weft.Embedded.Records;

internal enum StoredWriteKind
{
    Insert,
    Replace,
    Upsert,
    Delete,
}
