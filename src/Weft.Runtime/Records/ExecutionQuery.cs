using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>Which executions to list, newest first.</summary>
public sealed record ExecutionQuery
{
    /// <summary>Gets the workflow; null: any.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Gets the status; null: any.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>Gets the earliest start, inclusive, UTC; null: any.</summary>
    public DateTime? From { get; init; }

    /// <summary>Gets the latest start, exclusive, UTC; null: any.</summary>
    public DateTime? To { get; init; }

    /// <summary>Gets the page size: 1 to 200. The default is 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Gets where the last page ended; null: from the newest on.</summary>
    public string? Cursor { get; init; }
}
