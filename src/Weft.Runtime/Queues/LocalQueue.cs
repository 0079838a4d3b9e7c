using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;

namespace Weft.Runtime.Queues;

/// <summary>A durable queue on the record store: the embedded server's stand-in for Service Bus, with its rules.</summary>
/// <remarks>
/// A message is held while it is looked at and comes back when the lock runs out; after <see cref="QueueOptions.MaxDeliveries"/>
/// deliveries it is dead-lettered. A message id that was seen within the duplicate window is taken once. Rows: <see cref="QueueKeys"/>.
/// </remarks>
public sealed class LocalQueue(IRecordStore store, ContextStore contexts, IOptions<QueueOptions> options, TimeProvider time) : IDeadLetters
{
    /// <summary>The largest body, in bytes of UTF-8: what Service Bus takes in its standard tier.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    private readonly SemaphoreSlim _arrived = new(0);

    /// <summary>Gets the time, for who waits on locks.</summary>
    internal DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Adds a message. It is durable when the task completes.</summary>
    /// <returns>False when a message of that id was taken within the duplicate window.</returns>
    /// <exception cref="WeftException">Codes <c>unknown_queue</c>, <c>invalid_message</c>, <c>message_too_large</c>.</exception>
    public async Task<bool> SendAsync(string queue, string messageId, string body, CancellationToken cancellationToken)
    {
        CheckName(queue);
        Check(messageId, body);
        var offloaded = await contexts.OffloadAsync(JsonValue.Create(body), cancellationToken)
            ?? throw new InvalidOperationException("A body became null.");
        var added = await store.UpdateAsync<bool>(
            QueueKeys.Seen(queue, messageId),
            $"Message '{messageId}' was sent to '{queue}' by too many senders at once",
            earlier =>
            {
                var now = Now;
                if (earlier is not null && earlier.As<Seen>().At + options.Value.DuplicateWindow > now)
                {
                    return new RowUpdate<bool>.Keep(false);
                }

                var message = new StoredMessage(messageId, offloaded.DeepClone(), now, QueueKeys.Sequence(now, messageId));
                var seen = Json(new Seen(now));
                return new RowUpdate<bool>.Write(seen, true)
                {
                    Along =
                    [
                        new RowWrite.Insert(QueueKeys.Ready(queue, message.Sequence), Json(message)),
                        new RowWrite.Upsert(QueueKeys.SeenByTime(queue, now, messageId), seen),
                    ],
                };
            },
            cancellationToken);
        if (added)
        {
            Arrived(queue);
        }

        return added;
    }

    /// <summary>Holds and answers messages: first those that came back, then the oldest.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="atMost">1 to 100.</param>
    /// <param name="hold">How long they are held; null: <see cref="QueueOptions.LockDuration"/>.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="WeftException">Code <c>unknown_queue</c>.</exception>
    public async Task<IReadOnlyList<LockedMessage>> ReceiveAsync(
        string queue, int atMost, TimeSpan? hold, CancellationToken cancellationToken)
    {
        CheckName(queue);
        var locked = new List<LockedMessage>();
        foreach (var range in (RowRange[])[QueueKeys.UpTo(queue, QueueKeys.HeldPrefix, Now), QueueKeys.All(queue, QueueKeys.ReadyPrefix)])
        {
            if (locked.Count < atMost)
            {
                var page = await store.QueryAsync(range with { PageSize = Math.Clamp(atMost - locked.Count, 1, 100) }, cancellationToken);
                foreach (var row in page.Rows)
                {
                    if (await TakeAsync(queue, row, hold ?? options.Value.LockDuration, cancellationToken) is { } taken)
                    {
                        locked.Add(taken);
                    }
                }
            }
        }

        return locked;
    }

    /// <summary>Settles a message: it is gone.</summary>
    /// <returns>False when the lock had run out and somebody else has it, or had it.</returns>
    public async Task<bool> CompleteAsync(string queue, string @lock, CancellationToken cancellationToken) =>
        (await store.DeleteAsync(HeldKey(queue, @lock), expected: null, cancellationToken)).Written;

    /// <summary>Gives a message back, to be handed out again after a pause that grows with its deliveries: 1, 2, 4 … 60 seconds.</summary>
    /// <returns>False when the lock had run out.</returns>
    public async Task<bool> AbandonAsync(string queue, string @lock, string fault, CancellationToken cancellationToken)
    {
        var key = HeldKey(queue, @lock);
        if (await store.ReadAsync(key, cancellationToken) is not { } row)
        {
            return false;
        }

        var message = row.As<StoredMessage>();
        var until = Now + TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, message.Deliveries - 1)));
        return await MoveAsync(row, QueueKeys.Held(queue, Later(queue, until, message, row.Key), message.Sequence),
            message with { LastFault = fault }, cancellationToken);
    }

    /// <summary>Puts a message aside.</summary>
    /// <returns>False when the lock had run out.</returns>
    public async Task<bool> DeadLetterAsync(
        string queue, string @lock, string reason, string description, CancellationToken cancellationToken) =>
        await store.ReadAsync(HeldKey(queue, @lock), cancellationToken) is { } row
        && await PutAsideAsync(queue, row, row.As<StoredMessage>(), reason, description, cancellationToken);

    /// <summary>Shows messages that nobody holds, oldest first, and leaves them where they are.</summary>
    /// <exception cref="WeftException">Code <c>unknown_queue</c>.</exception>
    public async Task<MessagePage> PeekAsync(string queue, int limit, string? cursor, CancellationToken cancellationToken)
    {
        CheckName(queue);
        var page = await store.QueryAsync(
            QueueKeys.All(queue, QueueKeys.ReadyPrefix) with { PageSize = limit, Cursor = cursor }, cancellationToken);
        var items = new List<QueuedMessage>();
        foreach (var row in page.Rows)
        {
            items.Add(await OpenAsync(row.As<StoredMessage>(), cancellationToken));
        }

        return new MessagePage(items, page.NextCursor);
    }

    /// <inheritdoc/>
    public async Task<DeadLetterPage> ListAsync(string queue, int limit, string? cursor, CancellationToken cancellationToken)
    {
        CheckName(queue);
        var page = await store.QueryAsync(
            QueueKeys.All(queue, QueueKeys.DeadPrefix) with { PageSize = limit, Cursor = cursor }, cancellationToken);
        var items = new List<DeadLetter>();
        foreach (var row in page.Rows)
        {
            var dead = row.As<StoredMessage>();
            var message = await OpenAsync(dead, cancellationToken);
            items.Add(new DeadLetter(
                message.MessageId, message.Sequence, message.Body, message.EnqueuedAt, dead.DeadAt, message.Deliveries, dead.Reason,
                dead.Description));
        }

        return new DeadLetterPage(items, page.NextCursor);
    }

    /// <inheritdoc/>
    public async Task<bool> ReplayAsync(string queue, string sequence, CancellationToken cancellationToken)
    {
        CheckName(queue);
        if (await store.ReadAsync(QueueKeys.Dead(queue, sequence), cancellationToken) is not { } row)
        {
            return false;
        }

        var dead = row.As<StoredMessage>();
        var fresh = new StoredMessage(dead.MessageId, dead.Body, dead.EnqueuedAt, dead.Sequence);
        var moved = await MoveAsync(row, QueueKeys.Ready(queue, fresh.Sequence), fresh, cancellationToken);
        Arrived(queue);
        return moved;
    }

    /// <summary>Forgets the message ids that the duplicate window has left behind, at most so many.</summary>
    /// <returns>How many were forgotten.</returns>
    internal async Task<int> ForgetIdsAsync(string queue, int atMost, CancellationToken cancellationToken)
    {
        var range = QueueKeys.UpTo(
            queue, QueueKeys.SeenByTimePrefix, Now - options.Value.DuplicateWindow) with { PageSize = Math.Clamp(atMost, 1, 1000) };
        var page = await store.QueryAsync(range, cancellationToken);
        foreach (var row in page.Rows)
        {
            // The id itself may have been seen again since.
            var idKey = QueueKeys.Key(queue, "s|" + row.Key.Row[(row.Key.Row.LastIndexOf('|') + 1)..]);
            var seen = await store.ReadAsync(idKey, cancellationToken);
            if (seen is not null && seen.As<Seen>().At == row.As<Seen>().At)
            {
                await store.DeleteAsync(idKey, seen.ETag, cancellationToken);
            }

            await store.DeleteAsync(row.Key, expected: null, cancellationToken);
        }

        return page.Rows.Count;
    }

    /// <summary>Removes dead letters and messages that nobody took since a time, at most so many of each.</summary>
    /// <returns>How many were removed.</returns>
    internal async Task<int> PurgeAsync(DateTime before, int atMost, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var queue in options.Value.Queues)
        {
            foreach (var prefix in (string[])[QueueKeys.DeadPrefix, QueueKeys.ReadyPrefix])
            {
                // In the order in which they came; what came later died later.
                var page = await store.QueryAsync(
                    QueueKeys.UpTo(queue, prefix, before) with { PageSize = Math.Clamp(atMost, 1, 1000) }, cancellationToken);
                foreach (var row in page.Rows.Where(r => r.As<StoredMessage>() is { } m && (m.DeadAt ?? m.EnqueuedAt) < before))
                {
                    removed += (await store.DeleteAsync(row.Key, row.ETag, cancellationToken)).Written ? 1 : 0;
                }
            }
        }

        return removed;
    }

    /// <summary>Waits until a message may have come to the start queue, or the pause is over.</summary>
    internal async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await _arrived.WaitAsync(pause, cancellationToken);
        while (_arrived.Wait(0, CancellationToken.None))
        {
            // One look serves every arrival so far.
        }
    }

    /// <summary>Throws when there is no such queue.</summary>
    /// <exception cref="WeftException">Code <c>unknown_queue</c>.</exception>
    public void CheckName(string queue)
    {
        if (!options.Value.Queues.Contains(queue, StringComparer.Ordinal))
        {
            throw new WeftException(
                "unknown_queue",
                Fault.NotFound,
                $"There is no queue '{queue}'.{NearMiss.HintOrList(queue, options.Value.Queues)} Add one under "
                + $"{QueueOptions.Section}:{nameof(QueueOptions.Replies)}.");
        }
    }

    private async Task<LockedMessage?> TakeAsync(string queue, Row row, TimeSpan hold, CancellationToken cancellationToken)
    {
        var message = row.As<StoredMessage>();
        if (message.Deliveries >= options.Value.MaxDeliveries)
        {
            await PutAsideAsync(
                queue, row, message, "max_delivery_count_exceeded",
                $"{message.Deliveries} deliveries failed; the last: "
                + $"{message.LastFault ?? "the process ended while it was looked at, or the lock ran out"}.", cancellationToken);
            return null;
        }

        var taken = message with { Deliveries = message.Deliveries + 1 };
        var until = Later(queue, Now + hold, taken, row.Key);
        var key = QueueKeys.Held(queue, until, taken.Sequence);
        return await MoveAsync(row, key, taken, cancellationToken)
            ? new LockedMessage(queue, await OpenAsync(taken, cancellationToken), key.Row[QueueKeys.HeldPrefix.Length..], until)
            : null;
    }

    private async Task<bool> PutAsideAsync(
        string queue, Row row, StoredMessage message, string reason, string description, CancellationToken cancellationToken)
    {
        var dead = message with { Reason = reason, Description = description, DeadAt = Now };
        await contexts.TouchAsync(dead.Body, cancellationToken);
        return await MoveAsync(row, QueueKeys.Dead(queue, message.Sequence), dead, cancellationToken);
    }

    // All or nothing, and only if nobody else moved it.
    private async Task<bool> MoveAsync(Row from, RowKey to, StoredMessage message, CancellationToken cancellationToken) =>
        (await store.BatchAsync(
            [new RowWrite.Delete(from.Key, from.ETag), new RowWrite.Insert(to, Json(message))], cancellationToken)).Written;

    // A lock is known by its end, so no two of one message may end at once.
    private static DateTime Later(string queue, DateTime until, StoredMessage message, RowKey before) =>
        QueueKeys.Held(queue, until, message.Sequence) == before ? until.AddTicks(1) : until;

    private async Task<QueuedMessage> OpenAsync(StoredMessage message, CancellationToken cancellationToken)
    {
        var body = await contexts.LoadAsync(message.Body, cancellationToken);
        return new QueuedMessage(
            message.MessageId, message.Sequence, body?.GetValue<string>() ?? "", message.EnqueuedAt, message.Deliveries);
    }

    private void Arrived(string queue)
    {
        if (queue == options.Value.Start)
        {
            _arrived.Release();
        }
    }

    private static void Check(string messageId, string body)
    {
        if (messageId.Length is 0 or > 128)
        {
            throw new WeftException(
                "invalid_message", Fault.Invalid, $"The message id has {messageId.Length} characters; 1 to 128 are allowed.");
        }

        if (Encoding.UTF8.GetByteCount(body) is > MaxBodyBytes and var bytes)
        {
            throw new WeftException(
                "message_too_large", Fault.TooLarge,
                $"The message has {bytes:N0} bytes; a queue takes {MaxBodyBytes:N0}. Send what is large by reference.");
        }
    }

    private static RowKey HeldKey(string queue, string @lock) => QueueKeys.Key(queue, QueueKeys.HeldPrefix + @lock);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, WeftJson.Options);

    private sealed record Seen(DateTime At);
}
