using System.Text.Json.Nodes;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Contracts;

/// <summary>What an agent came to, and what it took.</summary>
/// <param name="Output">The object its schema describes; without a schema, the shape that its type of agent answers with.</param>
/// <param name="Usage">Sums over its calls.</param>
/// <param name="Failure">Why it failed; null: it did not.</param>
public sealed record AgentResult(JsonNode? Output, AgentUsage Usage, FailureDetails? Failure);
