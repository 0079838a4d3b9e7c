using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>A node that waits for a signal.</summary>
public sealed record WaitingFor(
    string NodeId, string Signal, DateTime? Until, JsonNode? Show = null, IReadOnlyList<string>? Choices = null);
