using Weft.Agents.Storage;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Records;

/// <summary>Records in the engine's database: writes join its group commits, and are durable when they are answered.</summary>
/// <param name="storage">The open folder, into which nothing was written yet.</param>
internal sealed class SqliteRecordStore(EmbeddedStorage storage) : IRecordStore
{
    private readonly RecordWriter _writer = new(storage.Session.Database);
    private readonly ReadPool<RecordReader> _readers = storage.ReadersOf(static database => new RecordReader(database));

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RowRules.Require(key);
        return Task.FromResult(_readers.Read(key, static (reader, key) => reader.Read(key)));
    }

    public Task<WriteResult> InsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        WriteAsync(new RowWrite.Insert(key, json), cancellationToken);

    public Task<WriteResult> ReplaceAsync(RowKey key, string json, ETag expected, CancellationToken cancellationToken) =>
        WriteAsync(new RowWrite.Replace(key, json, expected), cancellationToken);

    public Task<WriteResult> UpsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        WriteAsync(new RowWrite.Upsert(key, json), cancellationToken);

    public Task<WriteResult> DeleteAsync(RowKey key, ETag? expected, CancellationToken cancellationToken) =>
        WriteAsync(new RowWrite.Delete(key, expected), cancellationToken);

    public Task<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RowRules.Require(range);
        return Task.FromResult(_readers.Read(range, static (reader, range) => reader.Query(range)));
    }

    public async Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken)
    {
        RowRules.Require(writes);
        if (writes.Count == 0)
        {
            return new BatchResult(WriteStatus.Written, -1);
        }

        var (status, failed, _) = await SubmitAsync([.. writes.Select(StoredWrite.Of)], cancellationToken);
        return new BatchResult(status, failed);
    }

    private async Task<WriteResult> WriteAsync(RowWrite write, CancellationToken cancellationToken)
    {
        RowRules.Require(write.Key);
        var (status, _, tag) = await SubmitAsync([StoredWrite.Of(write)], cancellationToken);
        return new WriteResult(status, tag);
    }

    private Task<(WriteStatus Status, int FailedIndex, ETag ETag)> SubmitAsync(StoredWrite[] writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new WriteRows(_writer, writes);
        storage.Writer.Submit(operation, mayLead: true);
        return operation.Task.IsCompletedSuccessfully ? operation.Task : operation.Task.WaitAsync(cancellationToken);
    }
}
