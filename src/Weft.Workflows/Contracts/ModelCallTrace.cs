namespace Weft.Workflows.Contracts;

/// <summary>One model call in a trace: also the failed ones, and why the next model was tried.</summary>
public sealed record ModelCallTrace(string Model, string Provider, string Status, long DurationMs)
{
    /// <summary>Gets what the call cost, in USD; 0 where the price is not known.</summary>
    public double CostUsd { get; init; }

    /// <summary>Gets why it failed; null: it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Gets why this model was chosen, or came next.</summary>
    public string? Reason { get; init; }
}
