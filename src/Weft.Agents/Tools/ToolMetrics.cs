using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Weft.Agents.Telemetry;

namespace Weft.Agents.Tools;

/// <summary>Counts the calls of tools.</summary>
internal sealed class ToolMetrics
{
    private readonly Meter _dashboard;
    private readonly Counter<long> _calls;
    private readonly ConcurrentDictionary<string, Counter<long>> _actions = new(StringComparer.Ordinal);

    public ToolMetrics(IMeterFactory meters, IEnumerable<IToolProvider> providers)
    {
        _dashboard = meters.Create(WeftMeters.Dashboard);
        _calls = _dashboard.CreateCounter<long>("tool.executions", "{call}", "Tool calls, by tool and status: success, failed or refused.");

        // The dashboard asks for it before anything is called.
        foreach (var toolkits in providers.Where(p => p is IToolApps))
        {
            ActionsOf(toolkits.Name);
        }
    }

    /// <summary>Counts a call.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="status">success, failed or refused.</param>
    public void Called(string tool, string status) =>
        _calls.Add(1, new KeyValuePair<string, object?>("tool_name", tool), new KeyValuePair<string, object?>("status", status));

    /// <summary>Counts a call of an action of a toolkit, under the name of its provider: <c>composio.action.executions</c>.</summary>
    public void Acted(string provider, string app) => ActionsOf(provider).Add(1, new KeyValuePair<string, object?>("app_name", app));

    private Counter<long> ActionsOf(string provider) => _actions.GetOrAdd(
        provider, p => _dashboard.CreateCounter<long>($"{p}.action.executions", "{call}", $"Calls of actions of {p}, by app."));
}
