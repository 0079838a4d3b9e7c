using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>One tool call.</summary>
public sealed record CallToolRequest
{
    /// <summary>Gets whose call it is.</summary>
    public required StepScope Scope { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery. The idempotency key is made from it.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets the tool: <c>shopify.get_order</c>, or the id of one of the file's tools.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets the arguments; secrets are placeholders, large texts stored payloads.</summary>
    public required JsonObject Arguments { get; init; }

    /// <summary>Gets the entity whose account is used; null: nobody's.</summary>
    public string? EntityId { get; init; }

    /// <summary>Gets how long one attempt may take; null: the tool's own limit, else the product's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets what happens when nobody knows whether an earlier delivery took effect.</summary>
    public UnknownOutcomePolicy OnUnknownOutcome { get; init; } = UnknownOutcomePolicy.Fail;

    /// <summary>
    /// Gets the attempts that the step's retry policy still has, this one included; null: nobody repeats the call, so the tool's own
    /// attempts apply.
    /// </summary>
    /// <remarks>
    /// With a number one request is sent, for the step makes the next. Only a call in doubt that is to be retried
    /// (<see cref="OnUnknownOutcome"/>) is sent again within this one, at most so often in all: the other side must see the same
    /// idempotency key.
    /// </remarks>
    public int? AttemptsLeft { get; init; }
}
