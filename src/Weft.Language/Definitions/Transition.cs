using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Where control goes, and what the next task's input gains.</summary>
public sealed record Transition(string Next, JsonNode? With = null);
