using System.Diagnostics;
using Weft.Agents.Storage;

namespace Weft.Runtime.CrashHost;

/// <summary>The real store, until the write at which the process dies: by SIGKILL, right before the write or right after it.</summary>
/// <param name="store">The store.</param>
/// <param name="killAt">Which write; 0: none. Even: before it; odd: after it, when it is durable and nobody knows yet.</param>
internal sealed class KillingStore(IRecordStore store, int killAt) : IRecordStore
{
    private int _writes;

    public Task<Row?> ReadAsync(RowKey key, CancellationToken cancellationToken) => store.ReadAsync(key, cancellationToken);

    public Task<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken) => store.QueryAsync(range, cancellationToken);

    public Task<WriteResult> InsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        CountedAsync(() => store.InsertAsync(key, json, cancellationToken));

    public Task<WriteResult> ReplaceAsync(RowKey key, string json, ETag expected, CancellationToken cancellationToken) =>
        CountedAsync(() => store.ReplaceAsync(key, json, expected, cancellationToken));

    public Task<WriteResult> UpsertAsync(RowKey key, string json, CancellationToken cancellationToken) =>
        CountedAsync(() => store.UpsertAsync(key, json, cancellationToken));

    public Task<WriteResult> DeleteAsync(RowKey key, ETag? expected, CancellationToken cancellationToken) =>
        CountedAsync(() => store.DeleteAsync(key, expected, cancellationToken));

    public Task<BatchResult> BatchAsync(IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken) =>
        CountedAsync(() => store.BatchAsync(writes, cancellationToken));

    private async Task<T> CountedAsync<T>(Func<Task<T>> write)
    {
        var isLast = Interlocked.Increment(ref _writes) == killAt;
        if (isLast && killAt % 2 == 0)
        {
            Die();
        }

        var written = await write();
        if (isLast)
        {
            Die();
        }

        return written;
    }

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
