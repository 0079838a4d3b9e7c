namespace Weft.Agents.Models.Health;

/// <summary>A model's state at a moment, as the ranking reads it.</summary>
internal sealed record ModelCondition
{
    /// <summary>Gets how long its circuit refuses calls yet; null: it does not.</summary>
    public TimeSpan? CircuitOpenFor { get; init; }

    /// <summary>Gets a value indicating whether the next call is the probe that closes the circuit or opens it again.</summary>
    public bool Probing { get; init; }

    /// <summary>Gets how long its provider asked, or can be expected, to refuse it.</summary>
    public TimeSpan? CoolingFor { get; init; }

    public string? CoolingBecause { get; init; }

    /// <summary>Gets the average of recent calls; null: too few.</summary>
    public double? ObservedLatencyMs { get; init; }

    /// <summary>Gets the average length of recent replies; null: too few.</summary>
    public double? ObservedOutputTokens { get; init; }

    public int ObservedCalls { get; init; }
}
