using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Reads or changes a memory.</summary>
public sealed record MemoryTask : TaskDefinition
{
    /// <summary>Gets read, write, append, delete, flush, health, clear or stats.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets the id of the memory.</summary>
    public required string MemoryRef { get; init; }

    /// <summary>Gets the key within the memory, a template.</summary>
    public required string KeyTemplate { get; init; }

    /// <summary>Gets what is written, a template; null for operations that write nothing.</summary>
    public JsonNode? Payload { get; init; }

    /// <summary>
    /// Gets the operation's own settings (flush_config, health_config, stats_config, clear_config, batch_size, max_keys).
    /// </summary>
    public JsonObject? Settings { get; init; }
}
