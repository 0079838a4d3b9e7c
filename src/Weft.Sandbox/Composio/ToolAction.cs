using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>One execution of a tool. The caller holds the gate of the state.</summary>
internal sealed record ActionCall(SandboxState State, JsonObject Arguments, string UserId, DateTimeOffset Now, Uri BaseAddress)
{
    public string? Text(string name) => Arguments.Get(name).AsScalarText() is { } text && text.Trim().Length > 0 ? text.Trim() : null;

    public int Number(string name, int standard) => Arguments.Int(name) ?? standard;
}

/// <summary>What a tool answers: data, or the provider's error.</summary>
internal sealed record ActionResult(JsonNode Data, string? Error)
{
    public static ActionResult Ok(JsonNode data) => new(data, Error: null);

    public static ActionResult Fail(string error, JsonObject? data = null) => new(data ?? [], error);
}
