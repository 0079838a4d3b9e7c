namespace Weft.Embedded.Engine;

/// <summary>What happened to an instance, and what it was seen to decide. The numbers are a disk format: none is used again.</summary>
internal enum HistoryEventKind : byte
{
    /// <summary>A generation began. Payload: its input. Time: the earliest time of its first turn.</summary>
    Started = 1,

    /// <summary>The orchestrator called an activity. Name: the activity.</summary>
    ActivityScheduled = 2,
    ActivityCompleted = 3,
    ActivityFailed = 4,

    /// <summary>The orchestrator made a timer. Time: when it fires.</summary>
    TimerCreated = 5,
    TimerFired = 6,

    /// <summary>The orchestrator started a child. Name: the orchestration. Other: the child's id.</summary>
    ChildScheduled = 7,
    ChildCompleted = 8,
    ChildFailed = 9,

    /// <summary>An event came from outside. Name: the event.</summary>
    EventRaised = 10,

    /// <summary>The orchestrator sent an event. Name: the event. Other: the instance it went to.</summary>
    EventSent = 11,
    Suspended = 12,
    Resumed = 13,
    Terminated = 14,
    Completed = 15,
    Failed = 16,
}

/// <summary>One entry of a history.</summary>
internal sealed class HistoryEvent
{
    public required HistoryEventKind Kind { get; init; }

    /// <summary>Gets or sets the time at which it was written, in UTC ticks; never before that of the entry before it.</summary>
    public long At { get; set; }

    /// <summary>Gets the step that it is about: the number of the call, timer, child or sent event.</summary>
    public int Step { get; init; } = -1;

    public string? Name { get; init; }

    public string? Other { get; init; }

    /// <summary>Gets the UTC ticks that it speaks of.</summary>
    public long Time { get; init; }

    /// <summary>Gets JSON: an input, a result, a failure, the payload of an event.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>Gets a value indicating whether the orchestrator decided it, so that a replay must decide it again.</summary>
    public bool IsDecision => Kind is HistoryEventKind.ActivityScheduled or HistoryEventKind.TimerCreated
        or HistoryEventKind.ChildScheduled or HistoryEventKind.EventSent;

    public override string ToString() => Step < 0 ? $"{Kind} {Name}" : $"{Kind} {Name} #{Step}";
}
