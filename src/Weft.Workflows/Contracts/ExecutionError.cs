using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>Why an execution or a node failed.</summary>
public sealed record ExecutionError(string Code, string Message, string? NodeId = null, JsonNode? Details = null);
