using System.Text.Json.Nodes;

namespace Weft.Agents.Evaluation;

/// <summary>A tool call that a template asks for.</summary>
internal sealed record TemplateToolCall(IReadOnlyList<string> Names, JsonArray Arguments);
