using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Runtime.Records;

/// <summary>
/// Which execution an idempotency key started, so that a repeated start answers the first. Keys: <see cref="RecordKeys"/>.
/// </summary>
internal sealed class IdempotencyRecords(IRecordStore store, TimeProvider clock)
{
    /// <summary>How long a key is kept: 7 days. After that it starts something new.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>When the claim that a row holds was made.</summary>
    public static DateTime ClaimedAt(Row row) => row.As<StartClaim>().ClaimedAt;

    /// <summary>Claims a key for an execution, or answers the claim that was first.</summary>
    public async Task<StartClaim> ClaimAsync(string workflowId, string key, StartClaim claim, CancellationToken cancellationToken)
    {
        var rowKey = RecordKeys.IdempotencyKey(workflowId, key);
        for (; ; cancellationToken.ThrowIfCancellationRequested())
        {
            var json = JsonSerializer.Serialize(claim, WeftJson.Options);
            if ((await store.InsertAsync(rowKey, json, cancellationToken)).Written)
            {
                return claim;
            }

            if (await store.ReadAsync(rowKey, cancellationToken) is not { } found)
            {
                continue;
            }

            var first = found.As<StartClaim>();
            if (first.ClaimedAt > clock.GetUtcNow().UtcDateTime - Retention)
            {
                return first;
            }

            if ((await store.ReplaceAsync(rowKey, json, found.ETag, cancellationToken)).Written)
            {
                return claim;
            }
        }
    }
}
