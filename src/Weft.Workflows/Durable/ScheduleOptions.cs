namespace Weft.Workflows.Durable;

/// <summary>How an instance is started.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Gets the instance id, chosen by the caller: 1 to 100 characters, no control characters, none of <c>/\#?</c>.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Gets the earliest time of its first turn, UTC; null: now.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>Gets values by which instances can be listed, such as the workflow's id.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
