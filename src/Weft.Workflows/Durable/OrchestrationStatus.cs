namespace Weft.Workflows.Durable;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationStatus
{
    /// <summary>Scheduled; its first turn has not been taken.</summary>
    Pending,

    /// <summary>Taking turns, or waiting for something.</summary>
    Running,

    /// <summary>Held by an operator.</summary>
    Suspended,

    /// <summary>Returned a result.</summary>
    Completed,

    /// <summary>Threw.</summary>
    Failed,

    /// <summary>Ended from outside.</summary>
    Terminated,
}
