using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>A memory: the graph dialect's <c>memory</c>, or an entry of <c>memories</c>.</summary>
public sealed record MemoryDefinition
{
    /// <summary>Gets the id by which agents and tasks name the memory.</summary>
    public required string Id { get; init; }

    /// <summary>Gets token_based, message_count_based, buffer or hybrid.</summary>
    public string? Strategy { get; init; }

    /// <summary>Gets the settings as written.</summary>
    public JsonObject? Settings { get; init; }
}
