namespace Weft.Agents.Storage;

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
