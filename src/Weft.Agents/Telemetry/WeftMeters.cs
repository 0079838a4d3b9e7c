using System.Diagnostics.Metrics;

namespace Weft.Agents.Telemetry;

/// <summary>
/// The names of the product's meters. Their instruments lie with what they measure, and are made by a host's <see cref="IMeterFactory"/>.
/// </summary>
public static class WeftMeters
{
    /// <summary>What every name of a meter begins with.</summary>
    public const string Prefix = "Weft.";

    /// <summary>Calls, tokens, cost and time of models.</summary>
    public const string Models = "Weft.Models";

    /// <summary>Executions and their nodes.</summary>
    public const string Workflows = "Weft.Workflows";

    /// <summary>What the rounds of operations found.</summary>
    public const string Operations = "Weft.Operations";

    /// <summary>The metrics that the product's dashboard was first drawn with, beside those of <c>weft_</c>.</summary>
    /// <remarks>
    /// In Prometheus' form: <c>llm_cost_usd_total{model}</c>, <c>agent_execution_duration_seconds{agent_type}</c>,
    /// <c>tool_executions_total{tool_name,status}</c>, <c>{provider}_action_executions_total{app_name}</c>,
    /// <c>circuit_breaker_state{model}</c>.
    /// </remarks>
    public const string Dashboard = "Weft.Dashboard";
}
