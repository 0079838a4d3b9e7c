using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>A memory operation of a task or an agent.</summary>
public sealed record MemoryRequest
{
    public required StepScope Scope { get; init; }

    public required string CallId { get; init; }

    /// <summary>Gets read, write, append, delete, flush, health, clear, stats or search.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets the memory's id: conversation_history, knowledge_base or one of the file's.</summary>
    public required string Memory { get; init; }

    public required string Key { get; init; }

    public JsonNode? Payload { get; init; }

    public JsonObject? Settings { get; init; }
}
