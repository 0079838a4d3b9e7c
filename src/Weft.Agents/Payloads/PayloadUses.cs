using System.Collections.Concurrent;
using System.Text.Json;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Agents.Payloads;

/// <summary>When each payload was last in use, by day: what tells a purge what nothing refers to.</summary>
/// <remarks>
/// Table <c>payloads</c>; partitions <c>index-0</c> to <c>index-f</c> by the first digit of the digest; row: the digest. A payload is
/// used when it is offloaded, and when an execution that refers to it begins or ends. A purge marks a use as retired before it deletes, so
/// that whoever offloads the same value at that moment knows to write it again.
/// </remarks>
internal sealed class PayloadUses(IRecordStore store, TimeProvider time)
{
    private const string Table = "payloads";
    private const int MostRemembered = 50_000;
    private const int PagesAPass = 5;
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, DateTime> _recent = new(StringComparer.Ordinal);
    private readonly string?[] _cursors = new string?[16];

    /// <summary>Whether this process noted its use within a day, and knows that it is stored.</summary>
    public bool IsRecent(string digest) => _recent.TryGetValue(digest, out var at) && time.GetUtcNow().UtcDateTime - at < Recent;

    public void MarkRecent(string digest)
    {
        if (_recent.Count >= MostRemembered)
        {
            _recent.Clear();
        }

        _recent[digest] = time.GetUtcNow().UtcDateTime;
    }

    /// <summary>Notes a use.</summary>
    /// <returns>False: no use was noted before, or a purge is at it; the payload is to be written.</returns>
    public async Task<bool> TouchAsync(string digest, bool forGood, CancellationToken cancellationToken)
    {
        if (!forGood && IsRecent(digest))
        {
            return true;
        }

        return await store.UpdateAsync<bool>(
            Key(digest),
            $"The use of the payload {digest[..12]}… kept changing",
            found =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                var known = found?.As<Use>();
                if (known is { Retired: false } && (known.ForGood || !forGood) && (known.ForGood || now - known.UsedAt < Recent))
                {
                    return new RowUpdate<bool>.Keep(true);
                }

                var use = new Use(now, forGood || known is { ForGood: true }, false);
                return new RowUpdate<bool>.Write(JsonSerializer.Serialize(use, WeftJson.Options), known is { Retired: false });
            },
            cancellationToken);
    }

    /// <summary>Some payloads that were not used since a time; the next call with the same turn goes on from there.</summary>
    public async Task<IReadOnlyList<PayloadUse>> UnusedAsync(DateTime before, int turn, int atMost, CancellationToken cancellationToken)
    {
        var bucket = turn % 16;
        var unused = new List<PayloadUse>();
        for (var page = 0; page < PagesAPass && unused.Count < atMost; page++)
        {
            var rows = await store.QueryAsync(
                new RowRange(Table, $"index-{bucket:x}") { PageSize = 1000, Cursor = _cursors[bucket] }, cancellationToken);
            unused.AddRange(
                rows.Rows.Where(r => r.As<Use>() is { ForGood: false } use && use.UsedAt < before).Select(
                    r => new PayloadUse(r.Key.Row, r.ETag)));
            _cursors[bucket] = rows.NextCursor;
            if (rows.NextCursor is null)
            {
                break;
            }
        }

        return unused.Count > atMost ? unused[..atMost] : unused;
    }

    /// <summary>Retires a use, deletes its payload, and forgets the use; unless it came into use again.</summary>
    public async Task<bool> RetireAsync(PayloadUse use, Func<string, Task> delete, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(new Use(DateTime.MinValue, false, true), WeftJson.Options);
        var retired = await store.ReplaceAsync(Key(use.Digest), json, use.ETag, cancellationToken);
        if (!retired.Written)
        {
            return false;
        }

        _recent.TryRemove(use.Digest, out _);
        use.ETag = retired.ETag;
        await delete(use.Digest);
        return (await store.DeleteAsync(Key(use.Digest), use.ETag, cancellationToken)).Written;
    }

    /// <summary>Whether nobody has used it since it was retired.</summary>
    public async Task<bool> IsStillAsync(PayloadUse use, CancellationToken cancellationToken) =>
        await store.ReadAsync(Key(use.Digest), cancellationToken) is { } row && row.ETag == use.ETag;

    private static RowKey Key(string digest) => new(Table, $"index-{digest[0]}", digest);

    private sealed record Use(DateTime UsedAt, bool ForGood, bool Retired);
}
