using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Weft.Agents.Records;
using Weft.Workflows;

namespace Weft.Agents.Queues;

/// <summary>A durable queue on the record store: the embedded server's stand-in for Service Bus, with its rules.</summary>
/// <remarks>
/// A message is locked while it is looked at and comes back when the lock runs out; after <see cref="QueueOptions.MaxDeliveries"/>
/// deliveries it is dead-lettered. A message id that was seen within the duplicate window is taken once.
/// </remarks>
public sealed class LocalQueue(IRecordStore store, IOptions<QueueOptions> options, TimeProvider time) : IDeadLetters
{
    private const string Table = "queues";

    private readonly SemaphoreSlim _arrived = new(0);

    /// <summary>Adds a message.</summary>
    /// <returns>False when a message of that id was taken before.</returns>
    public async Task<bool> SendAsync(string queue, string messageId, string body, CancellationToken cancellationToken)
    {
        CheckName(queue);
        if (messageId.Length is 0 or > 128)
        {
            throw new WeftException("invalid_message", $"The message id has {messageId.Length} characters; 1 to 128 are allowed.");
        }

        var now = time.GetUtcNow().UtcDateTime;
        var seen = new RowKey(Table, $"seen|{queue}", RecordKeys.Part(messageId));
        if (await store.ReadAsync(seen, cancellationToken) is { } earlier && Read<Seen>(earlier).At + options.Value.DuplicateWindow > now)
        {
            return false;
        }

        var message = new QueuedMessage(messageId, body, now, Sequence(now, messageId));

        // The message first: a crash in between lets a repeat in, which the idempotency key of the start then catches.
        await store.UpsertAsync(KeyOf(Active(queue), message), JsonSerializer.Serialize(message, WeftJson.Options), cancellationToken);
        await store.UpsertAsync(seen, JsonSerializer.Serialize(new Seen(now), WeftJson.Options), cancellationToken);
        _arrived.Release();
        return true;
    }

    /// <summary>Locks and answers messages that may be looked at now, oldest first.</summary>
    public async Task<IReadOnlyList<LockedMessage>> ReceiveAsync(string queue, int atMost, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var locked = new List<LockedMessage>();
        var range = new RowRange(Table, Active(queue)) { PageSize = 100 };
        do
        {
            var page = await store.QueryAsync(range, cancellationToken);
            foreach (var row in page.Rows)
            {
                var message = Read<QueuedMessage>(row);
                if (message.LockedUntil > now || locked.Count == atMost)
                {
                    continue;
                }

                if (message.Deliveries >= options.Value.MaxDeliveries)
                {
                    await MoveAsync(
                        queue, message, row.ETag, "max_delivery_count_exceeded",
                        $"{message.Deliveries} deliveries failed; the last: {message.LastFault ?? "the process ended while it was looked at"}.", cancellationToken);
                    continue;
                }

                var taken = message with { Deliveries = message.Deliveries + 1, LockedUntil = now + options.Value.LockDuration };
                var written = await store.ReplaceAsync(row.Key, JsonSerializer.Serialize(taken, WeftJson.Options), row.ETag, cancellationToken);
                if (written.Written)
                {
                    locked.Add(new LockedMessage(queue, taken, written.ETag));
                }
            }

            range = range with { Cursor = page.NextCursor };
        }
        while (range.Cursor is not null && locked.Count < atMost);

        return locked;
    }

    /// <summary>Settles a message: it is gone.</summary>
    /// <returns>False when the lock had run out and somebody else has it.</returns>
    public async Task<bool> CompleteAsync(LockedMessage locked, CancellationToken cancellationToken) =>
        (await store.DeleteAsync(KeyOf(Active(locked.Queue), locked.Message), locked.ETag, cancellationToken)).Written;

    /// <summary>Gives a message back, to be delivered again after a pause that grows with its deliveries.</summary>
    public async Task AbandonAsync(LockedMessage locked, string fault, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, locked.Message.Deliveries - 1)));
        var message = locked.Message with { LockedUntil = time.GetUtcNow().UtcDateTime + pause, LastFault = fault };
        await store.ReplaceAsync(
            KeyOf(Active(locked.Queue), message), JsonSerializer.Serialize(message, WeftJson.Options), locked.ETag, cancellationToken);
    }

    /// <summary>Puts a message aside.</summary>
    public Task DeadLetterAsync(LockedMessage locked, string reason, string description, CancellationToken cancellationToken) =>
        MoveAsync(locked.Queue, locked.Message, locked.ETag, reason, description, cancellationToken);

    /// <inheritdoc/>
    public async Task<DeadLetterPage> ListAsync(string queue, int limit, string? cursor, CancellationToken cancellationToken)
    {
        CheckName(queue);
        var page = await store.QueryAsync(new RowRange(Table, Dead(queue)) { PageSize = limit, Cursor = cursor }, cancellationToken);
        return new DeadLetterPage([.. page.Rows.Select(r => DeadLetterOf(Read<QueuedMessage>(r)))], page.NextCursor);
    }

    /// <inheritdoc/>
    public async Task<bool> ReplayAsync(string queue, string sequence, CancellationToken cancellationToken)
    {
        CheckName(queue);
        var key = new RowKey(Table, Dead(queue), RecordKeys.Part(sequence));
        if (await store.ReadAsync(key, cancellationToken) is not { } row)
        {
            return false;
        }

        var fresh = Read<QueuedMessage>(row) with { Deliveries = 0, LockedUntil = null, LastFault = null, Reason = null, Description = null };
        await store.UpsertAsync(KeyOf(Active(queue), fresh), JsonSerializer.Serialize(fresh, WeftJson.Options), cancellationToken);
        await store.DeleteAsync(key, row.ETag, cancellationToken);
        _arrived.Release();
        return true;
    }

    /// <summary>Waits until a message may have come, or the pause is over.</summary>
    internal async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await _arrived.WaitAsync(pause, cancellationToken);
        while (_arrived.Wait(0, CancellationToken.None))
        {
            // One look serves every arrival so far.
        }
    }

    private async Task MoveAsync(
        string queue, QueuedMessage message, ETag tag, string reason, string description, CancellationToken cancellationToken)
    {
        var dead = message with { LockedUntil = null, Reason = reason, Description = description, DeadAt = time.GetUtcNow().UtcDateTime };

        // Two partitions, so no batch: a crash in between leaves both, and the next delivery moves it again onto the same key.
        await store.UpsertAsync(KeyOf(Dead(queue), dead), JsonSerializer.Serialize(dead, WeftJson.Options), cancellationToken);
        await store.DeleteAsync(KeyOf(Active(queue), message), tag, cancellationToken);
    }

    private void CheckName(string queue)
    {
        if (!options.Value.Queues.Contains(queue, StringComparer.Ordinal))
        {
            throw new WeftException(
                "unknown_queue", $"There is no queue '{queue}'. Known: {string.Join(", ", options.Value.Queues)}; add one under {QueueOptions.Section}:Queues.");
        }
    }

    private static DeadLetter DeadLetterOf(QueuedMessage message) => new(
        message.MessageId, message.Sequence, message.Body, message.EnqueuedAt, message.DeadAt, message.Deliveries, message.Reason, message.Description);

    private static string Active(string queue) => $"active|{queue}";

    private static string Dead(string queue) => $"dead|{queue}";

    private static string Sequence(DateTime at, string messageId) =>
        $"{at.Ticks.ToString("D19", CultureInfo.InvariantCulture)}-{RecordKeys.Digest(messageId)[..12]}";

    private static RowKey KeyOf(string partition, QueuedMessage message) => new(Table, partition, RecordKeys.Part(message.Sequence));

    private static T Read<T>(Row row) => JsonSerializer.Deserialize<T>(row.Json, WeftJson.Options)!;

    private sealed record Seen(DateTime At);
}

/// <summary>A message of a local queue as it is stored.</summary>
/// <param name="MessageId">The sender's id.</param>
/// <param name="Body">The body.</param>
/// <param name="EnqueuedAt">When it came, UTC.</param>
/// <param name="Sequence">Its place in the queue; also what a dead letter is replayed by.</param>
public sealed record QueuedMessage(string MessageId, string Body, DateTime EnqueuedAt, string Sequence)
{
    public int Deliveries { get; init; }

    public DateTime? LockedUntil { get; init; }

    public string? LastFault { get; init; }

    /// <summary>Gets why it is a dead letter.</summary>
    public string? Reason { get; init; }

    public string? Description { get; init; }

    public DateTime? DeadAt { get; init; }
}

/// <summary>A message that a receiver holds.</summary>
public sealed record LockedMessage(string Queue, QueuedMessage Message, ETag ETag);
