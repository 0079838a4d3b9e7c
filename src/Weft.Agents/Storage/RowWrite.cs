namespace Weft.Agents.Storage;

/// <summary>One write of a batch.</summary>
public abstract record RowWrite(RowKey Key)
{
    /// <summary>Writes a row that must not exist.</summary>
    public sealed record Insert(RowKey Key, string Json) : RowWrite(Key);

    /// <summary>Writes over a row that must be as it was read.</summary>
    public sealed record Replace(RowKey Key, string Json, ETag Expected) : RowWrite(Key);

    /// <summary>Writes a row, whatever is there.</summary>
    public sealed record Upsert(RowKey Key, string Json) : RowWrite(Key);

    /// <summary>Removes a row; one that is not there is no fault.</summary>
    public sealed record Delete(RowKey Key, ETag? Expected = null) : RowWrite(Key);
}
