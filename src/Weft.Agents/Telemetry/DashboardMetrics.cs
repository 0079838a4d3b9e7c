using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Telemetry;

/// <summary>The metrics that the product's dashboard was first drawn with, beside those of <c>weft_</c>. Instruments of the meter <c>Weft.Dashboard</c>.</summary>
/// <remarks>
/// In Prometheus' form: <c>llm_cost_usd_total{model}</c>, <c>agent_execution_duration_seconds{agent_type}</c>,
/// <c>tool_executions_total{tool_name,status}</c>, <c>{provider}_action_executions_total{app_name}</c>, <c>circuit_breaker_state{model}</c>.
/// </remarks>
public static class DashboardMetrics
{
    private static readonly Meter Meter = new("Weft.Dashboard");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("llm.cost", "USD", "What model calls cost, by model.");
    private static readonly Histogram<double> AgentDuration = Meter.CreateHistogram<double>("agent.execution.duration", "s", "How long agents worked on a node, by the agent's type.");
    private static readonly Counter<long> Tools = Meter.CreateCounter<long>("tool.executions", "{call}", "Tool calls, by tool and status: success, failed or refused.");
    private static readonly ConcurrentDictionary<string, Counter<long>> Actions = new(StringComparer.Ordinal);

    // Weakly: a host that is gone takes its circuits with it.
    private static readonly ConditionalWeakTable<object, Func<IEnumerable<(string Model, int State)>>> Circuits = [];

    static DashboardMetrics()
    {
        Meter.CreateObservableGauge(
            "circuit.breaker.state",
            ReadCircuits,
            null,
            "The circuit of each model that was called: 0 closed, 1 open, 2 letting one call through to see.");
        ActionsOf("composio"); // the dashboard asks for it before anything is called
    }

    internal static void AddCost(string model, double usd) => Cost.Add(usd, new KeyValuePair<string, object?>("model", model));

    public static void AddAgentRun(NodeTrace node)
    {
        if (node.AgentType is { } type && node.Status is NodeStatus.Completed or NodeStatus.Failed)
        {
            AgentDuration.Record(node.DurationMs / 1000.0, new KeyValuePair<string, object?>("agent_type", type.ToString().ToLowerInvariant()));
        }
    }

    internal static void AddToolCall(string tool, string status) =>
        Tools.Add(1, new KeyValuePair<string, object?>("tool_name", tool), new KeyValuePair<string, object?>("status", status));

    /// <summary>Counts a call of an action of a toolkit, under the name of its provider: <c>composio.action.executions</c>.</summary>
    internal static void AddAction(string provider, string app) => ActionsOf(provider).Add(1, new KeyValuePair<string, object?>("app_name", app));

    /// <summary>Shows the circuits that <paramref name="owner"/> knows, for as long as it lives.</summary>
    /// <param name="owner">Whose circuits they are; held weakly.</param>
    /// <param name="circuits">Each model with its state: 0 closed, 1 open, 2 letting one call through to see.</param>
    internal static void Observe(object owner, Func<IEnumerable<(string Model, int State)>> circuits) => Circuits.AddOrUpdate(owner, circuits);

    private static Counter<long> ActionsOf(string provider) => Actions.GetOrAdd(
        provider, p => Meter.CreateCounter<long>($"{p}.action.executions", "{call}", $"Calls of actions of {p}, by app."));

    private static List<Measurement<int>> ReadCircuits() =>
    [
        .. Circuits.SelectMany(c => c.Value())
            .GroupBy(c => c.Model, StringComparer.Ordinal)
            .Select(g => new Measurement<int>(g.Max(c => c.State), new KeyValuePair<string, object?>("model", g.Key))),
    ];
}
