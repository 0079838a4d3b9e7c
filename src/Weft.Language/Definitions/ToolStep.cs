namespace Weft.Language.Definitions;

/// <summary>One tool call without a model.</summary>
public sealed record ToolStep : Step
{
    /// <summary>Gets the tool: <c>app.action</c>, or the id of one of the file's tools.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets what happens when nobody knows whether the call took effect.</summary>
    public UnknownOutcomePolicy OnUnknownOutcome { get; init; } = UnknownOutcomePolicy.Fail;
}
