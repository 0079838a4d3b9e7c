using System.Text.Json.Serialization;

namespace Weft.Workflows.Contracts;

/// <summary>What a model call came to. A failure that another model may survive is a value.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record ModelOutcome
{
    /// <summary>Gets the ranking that the call made, with the model that was asked in front; null: it made none.</summary>
    public RoutingDecision? Routing { get; init; }

    /// <summary>The model answered.</summary>
    /// <param name="Message">Its message; a long text is a stored payload.</param>
    /// <param name="FinishReason">stop, length, tool_calls, content_filter or other.</param>
    /// <param name="Usage">The provider's own count, else an estimate.</param>
    /// <param name="CostUsd">From the reported usage and the catalog's prices; null when the price is not known.</param>
    /// <param name="LatencyMs">From request to whole answer.</param>
    public sealed record Replied(ChatTurn Message, string FinishReason, TokenUsage Usage, double? CostUsd, long LatencyMs) : ModelOutcome;

    /// <summary>The call failed.</summary>
    public sealed record Failed(ModelFailure Failure) : ModelOutcome;
}
