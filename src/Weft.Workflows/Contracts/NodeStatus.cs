namespace Weft.Workflows.Contracts;

/// <summary>Where a node stands.</summary>
public enum NodeStatus
{
    Pending,
    Running,
    Completed,
    Failed,
    Skipped,
    Cancelled,
}
