namespace Weft.Runtime.Schedules;

/// <summary>A schedule with its state, as the API shows it.</summary>
public sealed record ScheduleView(ScheduleRecord Schedule, ScheduleState? State, DateTime? NextAt);
