using System.Text.Json.Nodes;

namespace Weft.Sandbox.Script;

/// <summary>What the model says: text, JSON, calls of tools, or work in steps. A reply with none of them is empty.</summary>
/// <remarks>
/// In texts <c>${name}</c> stands for a value that the conversation holds, and <c>${name?second name|else}</c> says what stands in
/// for one that it lacks. A JSON member or a sentence of <see cref="Answer"/> with a value that nobody knows is left out.
/// </remarks>
public sealed record ScriptReply
{
    /// <summary>Gets the words of the reply, as they are.</summary>
    public string? Text { get; init; }

    /// <summary>Gets a JSON document to answer with.</summary>
    public JsonNode? Json { get; init; }

    /// <summary>Gets calls to make at once, whatever has been called before.</summary>
    public IReadOnlyList<ScriptCall>? ToolCalls { get; init; }

    /// <summary>Gets whether the model refuses, with <see cref="Text"/> as its words.</summary>
    public bool Refusal { get; init; }

    /// <summary>Gets the calls of tools that the work consists of, one after another. Without them each tool on offer is called once, in
    /// order.</summary>
    /// <remarks>A model with tools makes the calls, one a turn; one that is asked for a plan plans those that are left.</remarks>
    public IReadOnlyList<ScriptStep>? Steps { get; init; }

    /// <summary>Gets what ends the work early. The first that holds does.</summary>
    public IReadOnlyList<ScriptEnd>? Ends { get; init; }

    /// <summary>Gets the sentences of the final answer.</summary>
    public IReadOnlyList<string>? Answer { get; init; }
}
