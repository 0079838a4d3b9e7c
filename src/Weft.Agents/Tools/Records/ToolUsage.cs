using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools.Records;

/// <summary>One use of an action, for analytics: no arguments, no answer.</summary>
public sealed record ToolUsage
{
    public required string Id { get; init; }

    /// <summary>Gets the app; for a tool of a workflow file, <c>file</c>.</summary>
    public required string AppName { get; init; }

    public required string ActionName { get; init; }

    public string? EntityId { get; init; }

    public required bool Success { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>Gets the kind of failure, as <see cref="ToolFailure.Kind"/> has it.</summary>
    public string? ErrorKind { get; init; }

    public long DurationMs { get; init; }

    public required DateTime ExecutedAt { get; init; }

    public string? ExecutionId { get; init; }

    public string? WorkflowId { get; init; }

    public string? NodeId { get; init; }

    public string? Agent { get; init; }

    /// <summary>Gets a value indicating whether the answer came from the response cache.</summary>
    public bool Cached { get; init; }

    public int Attempts { get; init; } = 1;
}
