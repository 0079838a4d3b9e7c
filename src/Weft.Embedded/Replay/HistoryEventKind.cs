namespace Weft.Embedded.Replay;

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
