using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools.Records;

/// <summary>One tool call: the intent before it acts, and the result after. One row for each call id.</summary>
public sealed record ToolCallRecord
{
    /// <summary>Gets the execution's id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets the tool's name.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets how the call stands.</summary>
    public required ToolCallStatus Status { get; init; }

    /// <summary>Gets the workflow's id.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Gets the node's id.</summary>
    public string? NodeId { get; init; }

    /// <summary>Gets the agent's name; null: a step called.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the app; null: the tool has none.</summary>
    public string? App { get; init; }

    /// <summary>Gets the action within the app; null: the tool has none.</summary>
    public string? Action { get; init; }

    /// <summary>Gets for whom it was called; null: nobody in particular.</summary>
    public string? EntityId { get; init; }

    /// <summary>Gets how often it was delivered and made, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Gets when the intent was written, in UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Gets the time after which whoever started it has given up.</summary>
    public required DateTime Deadline { get; init; }

    /// <summary>Gets the process that started it.</summary>
    public required string Owner { get; init; }

    /// <summary>Gets SHA-256 of tool, entity and arguments; the arguments themselves are not kept.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets when the result was written, in UTC; null: it was not.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>Gets how long it took, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Gets the answer; a large one is a stored payload.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>Gets why it failed; null: it did not.</summary>
    public ToolFailure? Failure { get; init; }

    /// <summary>Gets the id by which the tool's provider finds the call.</summary>
    public string? LogId { get; init; }
}
