using System.Text.Json.Nodes;

namespace Weft.Sandbox.Script;

/// <summary>One call of a tool in the work of a <see cref="ScriptReply"/>. A step whose tool is not on offer is left out.</summary>
public sealed record ScriptStep
{
    /// <summary>Gets the tool, in any spelling.</summary>
    public required string Call { get; init; }

    /// <summary>Gets the arguments. Those that the tool requires and that are not given here are made up from its schema.</summary>
    public JsonObject With { get; init; } = [];

    /// <summary>Gets conditions without which the step is left out: names of values, each with a text (<c>*</c> is a wildcard), several,
    /// or null for "nobody knows".</summary>
    public JsonObject? When { get; init; }

    /// <summary>Gets the values that the tool will answer, each with the place of the value in its answer: plans refer to them.</summary>
    public IReadOnlyDictionary<string, string> Gives { get; init; } = new Dictionary<string, string>();
}
