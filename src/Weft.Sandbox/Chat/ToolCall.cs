using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Chat;

/// <param name="Name">The tool as it was offered.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ToolCall(string Name, JsonObject Arguments)
{
    /// <summary>The id by which a result names the call; an API gives it to a call that a model asks for.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>The text to send instead, when a fault spoils the arguments.</summary>
    public string? RawArguments { get; init; }

    public string ArgumentsText => RawArguments ?? SandboxJson.Text(Arguments);
}
