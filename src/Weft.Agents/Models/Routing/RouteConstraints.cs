namespace Weft.Agents.Models.Routing;

/// <summary>Limits that replace the profile's.</summary>
public sealed record RouteConstraints
{
    public double? MaxCostPerCall { get; init; }

    public int? MaxLatencyMs { get; init; }
}
