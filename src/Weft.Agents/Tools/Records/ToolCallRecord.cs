using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools.Records;

/// <summary>One tool call: the intent before it acts, and the result after. One row for each call id.</summary>
public sealed record ToolCallRecord
{
    public required string ExecutionId { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery.</summary>
    public required string CallId { get; init; }

    public required string Tool { get; init; }

    public required ToolCallStatus Status { get; init; }

    public string? WorkflowId { get; init; }

    public string? NodeId { get; init; }

    public string? Agent { get; init; }

    public string? App { get; init; }

    public string? Action { get; init; }

    public string? EntityId { get; init; }

    /// <summary>Gets how often it was delivered and made, from 1.</summary>
    public int Attempt { get; init; } = 1;

    public required DateTime StartedAt { get; init; }

    /// <summary>Gets the time after which whoever started it has given up.</summary>
    public required DateTime Deadline { get; init; }

    /// <summary>Gets the process that started it.</summary>
    public required string Owner { get; init; }

    /// <summary>Gets SHA-256 of tool, entity and arguments; the arguments themselves are not kept.</summary>
    public required string Fingerprint { get; init; }

    public DateTime? CompletedAt { get; init; }

    public long DurationMs { get; init; }

    /// <summary>Gets the answer; a large one is a stored payload.</summary>
    public JsonNode? Output { get; init; }

    public ToolFailure? Failure { get; init; }

    /// <summary>Gets the id by which the tool's provider finds the call.</summary>
    public string? LogId { get; init; }
}
