using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>Words on <see cref="ExecutionStatus"/>.</summary>
public static class ExecutionStatusFacts
{
    /// <summary>Whether nothing more will happen to an execution in this status.</summary>
    public static bool HasEnded(this ExecutionStatus status) =>
        status is ExecutionStatus.Completed or ExecutionStatus.Partial or ExecutionStatus.Failed or ExecutionStatus.Cancelled;
}
