namespace Weft.Workflows.Orchestration.Activities;

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
