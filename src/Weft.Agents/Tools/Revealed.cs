using System.Text.Json.Nodes;
using Weft.Agents.Secrets;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>A tree with its secrets in place: never logged, stored or answered.</summary>
/// <param name="Node">The tree.</param>
/// <param name="Hiding">What hides the secrets in what comes back.</param>
/// <param name="Failure">What is not set; null: everything is.</param>
internal sealed record Revealed(JsonNode Node, SecretHiding Hiding, ToolFailure? Failure);
