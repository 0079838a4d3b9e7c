using Amqp;
using Amqp.Framing;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>A queue: hands messages out in order and locks them, as Service Bus does. It knows nothing of connections.</summary>
internal sealed class BusQueue(string name, BusQueueRules rules)
{
    private readonly Lock _gate = new();
    private readonly List<BusMessage> _messages = []; // by sequence
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private long _sequence;

    public string Name { get; } = name;

    public BusQueueRules Rules { get; } = rules;

    /// <summary>Gets where messages are put aside; null: this is such a queue.</summary>
    public BusQueue? DeadLetters { get; init; }

    /// <summary>Gets or sets whether messages are kept back for now.</summary>
    public bool HandsNothingOut { get; set; }

    /// <summary>Gets the ids of the messages that lie here, locked ones too, in order.</summary>
    public IReadOnlyList<string?> MessageIds => Read(() => _messages.Select(m => m.MessageId).ToList());

    /// <summary>Gets how many messages are locked.</summary>
    public int Locked => Read(() => _messages.Count(m => m.Lock is not null));

    /// <summary>Takes a message in.</summary>
    public void Add(Message message, int deliveries = 0)
    {
        lock (_gate)
        {
            var added = new BusMessage(message, ++_sequence, DateTime.UtcNow) { Deliveries = deliveries };
            if (!Rules.RequiresDuplicateDetection || added.MessageId is not { } id || _seen.Add(id))
            {
                _messages.Add(added);
            }
        }
    }

    /// <summary>Locks the next message and counts the delivery.</summary>
    /// <param name="session">The session that it must be of; null: the queue has none.</param>
    public (BusMessage Message, Message Copy)? Take(string? session)
    {
        lock (_gate)
        {
            if (HandsNothingOut || _messages.Find(m => m.Lock is null && (!Rules.RequiresSession || m.Session == session)) is not { } next)
            {
                return null;
            }

            (next.Lock, next.LockedUntil) = (Guid.NewGuid(), DateTime.UtcNow + Rules.LockDuration);
            return (next, next.Copy(next.Deliveries++));
        }
    }

    /// <summary>Holds a session that has a message, or the one that is named; null: there is none to be had.</summary>
    public string? TakeSession(string? named)
    {
        lock (_gate)
        {
            var session = named ?? _messages.Find(m => m.Lock is null && m.Session is { } s && !_sessions.Contains(s))?.Session;
            return session is not null && _sessions.Add(session) ? session : null;
        }
    }

    /// <summary>Lets a session go, and what of it is locked.</summary>
    public void ReleaseSession(string session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
            _messages.FindAll(m => m.Session == session).ForEach(m => m.Lock = null);
        }
    }

    /// <summary>Settles a message: it is gone.</summary>
    /// <returns>False: its lock is lost.</returns>
    public bool Complete(Guid held) => Settle(held, message => _messages.Remove(message));

    /// <summary>Gives a message back, or puts it aside when that was its last delivery.</summary>
    public bool Abandon(Guid held) => Settle(held, GiveBack);

    /// <summary>Gives a message back that its receiver never looked at.</summary>
    public bool Release(Guid held) => Settle(held, message => message.Deliveries--);

    public bool DeadLetter(Guid held, string? reason, string? description) =>
        Settle(held, message => PutAside(message, reason, description));

    /// <summary>Holds a message for another while; null: its lock is lost.</summary>
    public DateTime? Renew(Guid held)
    {
        DateTime? until = null;
        Settle(held, message => (message.Lock, message.LockedUntil) = (held, (until = DateTime.UtcNow + Rules.LockDuration).Value));
        return until;
    }

    /// <summary>Ends all locks at once, as if their time had come.</summary>
    /// <param name="except">The lock that stays; null: none.</param>
    public void ExpireLocks(Guid? except = null)
    {
        lock (_gate)
        {
            foreach (var message in _messages.FindAll(m => m.Lock is not null && m.Lock != except))
            {
                message.Lock = null;
                GiveBack(message);
            }
        }
    }

    /// <summary>Shows messages, locked ones too.</summary>
    public IReadOnlyList<Message> Peek(long from, int atMost)
    {
        lock (_gate)
        {
            var room = Rules.MaxPeekBytes;
            return [.. _messages.Where(m => m.Sequence >= from).Take(atMost)
                .TakeWhile((m, index) => (room -= m.Size) >= 0 || index == 0).Select(m => m.Copy(m.Deliveries))];
        }
    }

    private bool Settle(Guid held, Action<BusMessage> settle)
    {
        lock (_gate)
        {
            if (_messages.Find(m => m.Lock == held) is not { } message)
            {
                return false;
            }

            message.Lock = null;
            settle(message);
            return true;
        }
    }

    private void GiveBack(BusMessage message)
    {
        if (message.Deliveries >= Rules.MaxDeliveryCount)
        {
            PutAside(
                message, "MaxDeliveryCountExceeded", $"Message could not be consumed after {message.Deliveries} delivery attempts.");
        }
    }

    private void PutAside(BusMessage message, string? reason, string? description)
    {
        var dead = message.Copy(0);
        dead.ApplicationProperties ??= new ApplicationProperties();
        dead.ApplicationProperties["DeadLetterReason"] = reason;
        dead.ApplicationProperties["DeadLetterErrorDescription"] = description;
        _messages.Remove(message);
        (DeadLetters ?? this).Add(dead, message.Deliveries);
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
