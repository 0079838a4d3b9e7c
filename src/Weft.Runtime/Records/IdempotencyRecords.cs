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
    /// <exception cref="WeftException">Code <c>record_contended</c>: the claim kept changing.</exception>
    public Task<StartClaim> ClaimAsync(string workflowId, string key, StartClaim claim, CancellationToken cancellationToken) =>
        store.UpdateAsync<StartClaim>(
            RecordKeys.IdempotencyKey(workflowId, key),
            $"The idempotency key '{key}' of workflow '{workflowId}' was claimed by too many starts at once",
            found => found?.As<StartClaim>() is { } first && first.ClaimedAt > clock.GetUtcNow().UtcDateTime - Retention
                ? new RowUpdate<StartClaim>.Keep(first)
                : new RowUpdate<StartClaim>.Write(JsonSerializer.Serialize(claim, WeftJson.Options), claim),
            cancellationToken);
}
