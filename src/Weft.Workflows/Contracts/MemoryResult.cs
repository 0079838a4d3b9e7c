using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>What a memory operation answers: the shapes of compozy's memory task.</summary>
public sealed record MemoryResult(JsonNode? Output);
