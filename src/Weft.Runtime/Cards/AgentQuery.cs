namespace Weft.Runtime.Cards;

/// <summary>Which agents to list.</summary>
public sealed record AgentQuery
{
    /// <summary>Gets the capability that an agent must name; null: any.</summary>
    public string? Capability { get; init; }

    /// <summary>Gets the tier: low, medium or high; null: any.</summary>
    public string? CostTier { get; init; }

    /// <summary>Gets a value indicating whether unhealthy agents are left out.</summary>
    public bool HealthyOnly { get; init; }
}
