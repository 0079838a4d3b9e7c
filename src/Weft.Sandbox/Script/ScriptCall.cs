using System.Text.Json.Nodes;

namespace Weft.Sandbox.Script;

/// <summary>A call that a scripted model asks for.</summary>
public sealed record ScriptCall
{
    /// <summary>Gets the tool.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its arguments.</summary>
    public JsonObject Arguments { get; init; } = [];
}
