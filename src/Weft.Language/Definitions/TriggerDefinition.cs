using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>What starts a workflow from outside: <c>signal</c> or <c>webhook</c>.</summary>
public sealed record TriggerDefinition(string Type, string Name, JsonObject? Schema = null, JsonObject? Settings = null);
