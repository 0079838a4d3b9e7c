using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Whom to ask next when nobody answers.</summary>
public sealed record EscalationDefinition(string After, JsonNode? To);
