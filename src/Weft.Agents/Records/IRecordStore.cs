namespace Weft.Agents.Records;

/// <summary>Tables of small JSON rows, in key order within a partition. The product's whole need of a database.</summary>
/// <remarks>
/// The shape is what Azure Table Storage can do at its best, so that no implementation is asked for more: point reads,
/// conditional writes, ranges within a partition, and batches within a partition. Keys are ordinal (compared by UTF-16 code unit),
/// 1 to 512 characters, any Unicode; a store encodes what its medium forbids and keeps the order.
/// </remarks>
public interface IRecordStore
{
    /// <summary>Reads one row; null when there is none.</summary>
    Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken);

    /// <summary>Writes a row that must not exist yet.</summary>
    Task<WriteResult> InsertAsync(RowKey key, string json, CancellationToken cancellationToken);

    /// <summary>Writes a row that must still be at <paramref name="expected"/>.</summary>
    Task<WriteResult> ReplaceAsync(RowKey key, string json, ETag expected, CancellationToken cancellationToken);

    /// <summary>Writes a row whether or not it exists.</summary>
    Task<WriteResult> UpsertAsync(RowKey key, string json, CancellationToken cancellationToken);

    /// <summary>Deletes a row; with <paramref name="expected"/>, only if it is still at that tag.</summary>
    Task<WriteResult> DeleteAsync(RowKey key, ETag? expected, CancellationToken cancellationToken);

    /// <summary>Reads the rows of a range of one partition, in key order, a page at a time.</summary>
    Task<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken);

    /// <summary>Applies up to 100 writes of one table and partition, all or none. Keys are distinct.</summary>
    /// <returns><see cref="WriteStatus.Written"/>, or the first write that did not fit; then nothing was written.</returns>
    Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken);
}

/// <summary>Where a row lies.</summary>
public readonly record struct RowKey(string Table, string Partition, string Row);

/// <summary>Changes with each write of a row.</summary>
public readonly record struct ETag(string Value);

/// <summary>A row as it was read.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="Json">Its value: one JSON object, at most <see cref="RowLimits.MaxJsonBytes"/> of UTF-8.</param>
/// <param name="ETag">The tag to replace or delete it by.</param>
public sealed record Row(RowKey Key, string Json, ETag ETag);

/// <summary>The limits that every store keeps.</summary>
public static class RowLimits
{
    /// <summary>The largest value of a row: 64 KiB of UTF-8. Larger texts go to the context store, and the row refers to them.</summary>
    public const int MaxJsonBytes = 64 * 1024;

    /// <summary>The longest partition or row key, in characters.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>The most writes in a batch.</summary>
    public const int MaxBatch = 100;
}

/// <summary>A range of rows of one partition.</summary>
/// <param name="Table">The table.</param>
/// <param name="Partition">The partition.</param>
public sealed record RowRange(string Table, string Partition)
{
    /// <summary>Gets the first row key of the range, inclusive; null: from the start.</summary>
    public string? From { get; init; }

    /// <summary>Gets the end of the range, exclusive; null: to the end.</summary>
    public string? To { get; init; }

    /// <summary>Gets the page size: 1 to 1,000. The default is 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Gets where to go on: <see cref="RowPage.NextCursor"/> of the page before.</summary>
    public string? Cursor { get; init; }

    /// <summary>The rows whose key starts with a text.</summary>
    public static RowRange WithPrefix(string table, string partition, string prefix) =>
        new(table, partition) { From = prefix, To = prefix + '\uffff' };
}

/// <summary>One page of rows; a null cursor means that it is the last.</summary>
public sealed record RowPage(IReadOnlyList<Row> Rows, string? NextCursor);

/// <summary>What became of a write: a lost race is a value, not an exception.</summary>
public enum WriteStatus
{
    /// <summary>It is durable.</summary>
    Written,

    /// <summary>The row exists already, or it is no longer at the expected tag.</summary>
    Conflict,

    /// <summary>There is no such row.</summary>
    NotFound,
}

/// <summary>What became of a write, and the row's new tag.</summary>
public readonly record struct WriteResult(WriteStatus Status, ETag ETag)
{
    public bool Written => Status == WriteStatus.Written;
}

/// <summary>One write of a batch.</summary>
public abstract record RowWrite(RowKey Key)
{
    public sealed record Insert(RowKey Key, string Json) : RowWrite(Key);

    public sealed record Replace(RowKey Key, string Json, ETag Expected) : RowWrite(Key);

    public sealed record Upsert(RowKey Key, string Json) : RowWrite(Key);

    public sealed record Delete(RowKey Key, ETag? Expected = null) : RowWrite(Key);
}

/// <summary>What became of a batch.</summary>
/// <param name="Status">The status of the whole.</param>
/// <param name="FailedIndex">The write that did not fit; -1 when all did.</param>
public readonly record struct BatchResult(WriteStatus Status, int FailedIndex)
{
    public bool Written => Status == WriteStatus.Written;
}
