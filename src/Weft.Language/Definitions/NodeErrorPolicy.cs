using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>What a failed node leads to.</summary>
/// <param name="Action">What happens.</param>
/// <param name="Next">With <see cref="NodeErrorAction.Route"/>: the node that handles it, and sees the failure as <c>error</c>.</param>
/// <param name="Output">With <see cref="NodeErrorAction.Continue"/>: the output that stands in for the result.</param>
public sealed record NodeErrorPolicy(NodeErrorAction Action, string? Next = null, JsonNode? Output = null);
