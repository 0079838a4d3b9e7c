using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>One tool call.</summary>
public sealed record CallToolRequest
{
    public required StepScope Scope { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery. The idempotency key is made from it.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets the tool: <c>shopify.get_order</c>, or the id of one of the file's tools.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets the arguments; secrets are placeholders, large texts stored payloads.</summary>
    public required JsonObject Arguments { get; init; }

    /// <summary>Gets the entity whose account is used.</summary>
    public string? EntityId { get; init; }

    public TimeSpan? Timeout { get; init; }

    public UnknownOutcomePolicy OnUnknownOutcome { get; init; } = UnknownOutcomePolicy.Fail;
}
