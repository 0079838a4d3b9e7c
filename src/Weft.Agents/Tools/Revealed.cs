using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>A tree with its secrets in place: never logged, stored or answered.</summary>
internal sealed record Revealed(JsonNode Node, IReadOnlyList<string> Values, ToolFailure? Failure);
