namespace Weft.Workflows.Durable;

/// <summary>Which instances to list.</summary>
public sealed record OrchestrationQuery
{
    public string? Name { get; init; }

    public IReadOnlyList<OrchestrationStatus> Statuses { get; init; } = [];

    public DateTime? CreatedFrom { get; init; }

    public DateTime? CreatedTo { get; init; }

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
