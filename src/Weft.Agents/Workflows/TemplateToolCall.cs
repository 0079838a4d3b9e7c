using System.Text.Json.Nodes;

namespace Weft.Agents.Workflows;

/// <summary>A tool call that a template asks for.</summary>
internal sealed record TemplateToolCall(IReadOnlyList<string> Names, JsonArray Arguments);
