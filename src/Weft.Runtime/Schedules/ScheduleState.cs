namespace Weft.Runtime.Schedules;

/// <summary>How far a schedule has come.</summary>
public sealed record ScheduleState
{
    /// <summary>Gets the last tick that was dealt with, UTC: nothing at or before it fires again.</summary>
    public required DateTime HandledUntil { get; init; }

    /// <summary>Gets the execution that it last started; null: none yet.</summary>
    public string? LastExecutionId { get; init; }

    /// <summary>Gets when that was, in UTC; null: it has started none.</summary>
    public DateTime? LastStartedAt { get; init; }

    /// <summary>Gets the tick that waits for the last execution to end.</summary>
    public DateTime? Queued { get; init; }

    /// <summary>
    /// Gets what became of the last tick: started, skipped_overlap, skipped_missed, queued; or waiting or failed, with why.
    /// </summary>
    public string? LastOutcome { get; init; }

    /// <summary>Gets how many ticks did not start anything; of a long outage at least 10,000.</summary>
    public long SkippedTicks { get; init; }
}
