namespace Weft.Workflows.Contracts;

/// <summary>Where a node stands.</summary>
public enum NodeStatus
{
    /// <summary>It has not begun.</summary>
    Pending,
    /// <summary>It works, or waits for something.</summary>
    Running,
    /// <summary>It ended as it should.</summary>
    Completed,
    /// <summary>It ended by a failure.</summary>
    Failed,
    /// <summary>It did not run: no way led to it, or its condition did not hold.</summary>
    Skipped,
    /// <summary>It was ended before it was done.</summary>
    Cancelled,
}
