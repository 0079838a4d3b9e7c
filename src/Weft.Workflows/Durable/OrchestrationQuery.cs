namespace Weft.Workflows.Durable;

/// <summary>Which instances to list.</summary>
public sealed record OrchestrationQuery
{
    /// <summary>Gets the orchestrator's name; null: any.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the statuses that will do; empty: any.</summary>
    public IReadOnlyList<OrchestrationStatus> Statuses { get; init; } = [];

    /// <summary>Gets the earliest time of scheduling, inclusive; null: any.</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>Gets the latest time of scheduling, exclusive; null: any.</summary>
    public DateTime? CreatedTo { get; init; }

    /// <summary>Gets what ids begin with; null: anything.</summary>
    public string? InstanceIdPrefix { get; init; }

    /// <summary>Gets tag values that must all match.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether children of other instances are listed too.</summary>
    public bool IncludeChildren { get; init; }

    /// <summary>Gets a value indicating whether inputs, outputs and custom statuses come along.</summary>
    public bool IncludePayloads { get; init; }

    /// <summary>Gets the page size: 1 to 1,000. The default is 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Gets where to go on: <see cref="OrchestrationPage.NextCursor"/> of the page before.</summary>
    public string? Cursor { get; init; }
}
