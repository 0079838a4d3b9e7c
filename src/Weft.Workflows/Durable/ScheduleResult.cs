namespace Weft.Workflows.Durable;

/// <summary>What became of a start.</summary>
public sealed record ScheduleResult(string InstanceId, bool Started);
