using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools.Records;

/// <summary>One use of an action, for analytics: no arguments, no answer.</summary>
public sealed record ToolUsage
{
    /// <summary>Gets the note's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the app; of a file's HTTP tool its id, of what means no tool <c>unknown</c>.</summary>
    public required string AppName { get; init; }

    /// <summary>Gets the action.</summary>
    public required string ActionName { get; init; }

    /// <summary>Gets for whom it was called; null: nobody in particular.</summary>
    public string? EntityId { get; init; }

    /// <summary>Gets a value indicating whether it succeeded.</summary>
    public required bool Success { get; init; }

    /// <summary>Gets why it failed; null: it did not.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets the kind of failure, as <see cref="ToolFailure.Kind"/> has it.</summary>
    public string? ErrorKind { get; init; }

    /// <summary>Gets how long it took, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Gets when it was called, in UTC.</summary>
    public required DateTime ExecutedAt { get; init; }

    /// <summary>Gets the execution's id.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Gets the workflow's id.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Gets the node's id.</summary>
    public string? NodeId { get; init; }

    /// <summary>Gets the agent's name; null: a step called.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets a value indicating whether the answer came from the response cache.</summary>
    public bool Cached { get; init; }

    /// <summary>Gets how many requests were sent: 0 for an answer from the cache and for a call that was refused before.</summary>
    public int Attempts { get; init; } = 1;
}
