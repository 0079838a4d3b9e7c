using Microsoft.Extensions.Options;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;
using Weft.Agents.Models.Providers;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Models.Routing;

/// <summary>Limits that replace the profile's.</summary>
public sealed record RouteConstraints
{
    public double? MaxCostPerCall { get; init; }

    public int? MaxLatencyMs { get; init; }
}
