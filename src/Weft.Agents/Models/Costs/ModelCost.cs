namespace Weft.Agents.Models.Costs;

/// <summary>One model's share: sums over its calls that succeeded.</summary>
public sealed record ModelCost
{
    /// <summary>Gets the model's name.</summary>
    public required string SelectedModel { get; init; }

    /// <summary>Gets its provider.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets how many calls succeeded.</summary>
    public long Calls { get; init; }

    /// <summary>Gets what they cost, in USD.</summary>
    public double CostUsd { get; init; }

    /// <summary>Gets how long a call took on average, in milliseconds.</summary>
    public double AvgLatencyMs { get; init; }

    /// <summary>Gets the tokens of prompts.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens of answers.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets how many calls failed.</summary>
    public long FailedCalls { get; init; }
}
