using System.Text.Json.Nodes;

namespace Weft.Workflows.Definitions;

/// <summary>Whom to ask next when nobody answers.</summary>
public sealed record EscalationDefinition(string After, JsonNode? To);
