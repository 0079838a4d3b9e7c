using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>What a memory operation answers.</summary>
public sealed record MemoryResult(JsonNode? Output);
