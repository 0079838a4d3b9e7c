namespace Weft.Agents.Storage;

/// <summary>One write of a batch.</summary>
public abstract record RowWrite(RowKey Key)
{
    public sealed record Insert(RowKey Key, string Json) : RowWrite(Key);

    public sealed record Replace(RowKey Key, string Json, ETag Expected) : RowWrite(Key);

    public sealed record Upsert(RowKey Key, string Json) : RowWrite(Key);

    public sealed record Delete(RowKey Key, ETag? Expected = null) : RowWrite(Key);
}
