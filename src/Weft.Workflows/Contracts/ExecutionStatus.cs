namespace Weft.Workflows.Contracts;

/// <summary>Where an execution stands, as users see it.</summary>
public enum ExecutionStatus
{
    Pending,
    Running,
    Paused,
    Completed,

    /// <summary>Some steps failed, and the workflow allows that.</summary>
    Partial,
    Failed,
    Cancelled,
}
