using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>A memory operation of a task or an agent.</summary>
public sealed record MemoryRequest
{
    /// <summary>Gets whose request it is.</summary>
    public required StepScope Scope { get; init; }

    /// <summary>Gets the call's id within the execution: a second delivery of the same id writes nothing twice.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets read, write, append, delete, flush, health, clear, stats or search.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets the memory's id: conversation_history, knowledge_base or one of the file's.</summary>
    public required string Memory { get; init; }

    /// <summary>Gets the key within the memory.</summary>
    public required string Key { get; init; }

    /// <summary>Gets what is written; null for operations that write nothing.</summary>
    public JsonNode? Payload { get; init; }

    /// <summary>Gets the memory's settings, as the definition has them; null: the defaults.</summary>
    public JsonObject? Settings { get; init; }
}
