using Weft.Agents.Storage;
using Weft.Runtime.Records;

namespace Weft.Runtime.Queues;

/// <summary>The ends of executions of which somebody is yet to be told. An end is recorded together with its notice.</summary>
public sealed class CompletionNotices(IRecordStore store)
{
    private const int MostPerBucket = 100;

    internal async Task<CompletionNotice?> FindAsync(string executionId, CancellationToken cancellationToken) =>
        await store.ReadAsync(RecordKeys.CompletionNotice(executionId), cancellationToken) is { } row ? row.As<CompletionNotice>() : null;

    /// <summary>Some that lie there; those that are dealt with make room for the next.</summary>
    internal async Task<IReadOnlyList<CompletionNotice>> ListAsync(CancellationToken cancellationToken)
    {
        var notices = new List<CompletionNotice>();
        for (var bucket = 0; bucket < RecordKeys.ExecutionBuckets; bucket++)
        {
            var range =
                RowRange.WithPrefix(RecordKeys.Executions, RecordKeys.ExecutionBucketName(bucket), RecordKeys.CompletionNoticePrefix);
            var page = await store.QueryAsync(range with { PageSize = MostPerBucket }, cancellationToken);
            notices.AddRange(page.Rows.Select(r => r.As<CompletionNotice>()));
        }

        return notices;
    }

    internal Task DeleteAsync(string executionId, CancellationToken cancellationToken) =>
        store.DeleteAsync(RecordKeys.CompletionNotice(executionId), expected: null, cancellationToken);
}
