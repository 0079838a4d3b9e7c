using System.Text.Json.Nodes;

namespace Weft.Sandbox.Composio;

/// <summary>What a tool answers: data, or the provider's error.</summary>
internal sealed record ActionResult(JsonNode Data, string? Error);
