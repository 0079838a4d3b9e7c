namespace Weft.Embedded.Replay;

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
