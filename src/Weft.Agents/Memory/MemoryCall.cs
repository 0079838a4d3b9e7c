using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Agents.Memory;

/// <summary>One operation on a memory.</summary>
/// <param name="Operation">read, write, append, delete, flush, health, clear, stats or search.</param>
/// <param name="Memory">The memory's id: conversation_history, knowledge_base or one of a definition's.</param>
/// <param name="Key">The key within it, such as a conversation's id; 1 to 400 characters.</param>
/// <param name="Name">The call's name: a change that comes again under it is applied once.</param>
public sealed record MemoryCall(string Operation, string Memory, string Key, string Name)
{
    /// <summary>Gets messages, or a query; null: none.</summary>
    public JsonNode? Payload { get; init; }

    /// <summary>Gets the operation's settings; null: the defaults.</summary>
    public JsonObject? Settings { get; init; }

    /// <summary>Gets what a workflow says of the memory; null: nothing.</summary>
    public MemoryDefinition? Definition { get; init; }
}
