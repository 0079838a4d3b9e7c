namespace Weft.Workflows.Contracts;

/// <summary>Where an execution stands, as users see it.</summary>
public enum ExecutionStatus
{
    /// <summary>It is scheduled and has not begun.</summary>
    Pending,
    /// <summary>It works, or waits for something.</summary>
    Running,
    /// <summary>A person holds it; it goes on when resumed.</summary>
    Paused,
    /// <summary>It ended as it should.</summary>
    Completed,

    /// <summary>Some steps failed, and the workflow allows that.</summary>
    Partial,
    /// <summary>It ended by a failure that nothing handled.</summary>
    Failed,
    /// <summary>Somebody ended it.</summary>
    Cancelled,
}
