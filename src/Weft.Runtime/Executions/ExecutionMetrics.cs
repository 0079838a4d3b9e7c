using System.Diagnostics.Metrics;
using Weft.Agents.Telemetry;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Executions;

/// <summary>Counts executions: starts, ends, time, cost, node runs, alerts.</summary>
public sealed class ExecutionMetrics
{
    private readonly Counter<long> _started;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _nodeRuns;
    private readonly Histogram<double> _agentDuration;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">The host's meters.</param>
    public ExecutionMetrics(IMeterFactory meters)
    {
        var workflows = meters.Create(WeftMeters.Workflows);
        _started = workflows.CreateCounter<long>("weft.executions.started", "{execution}", "Executions started.");
        _ended = workflows.CreateCounter<long>("weft.executions.ended", "{execution}", "Executions that ended, by status.");
        _duration = workflows.CreateHistogram<double>("weft.execution.duration", "s", "The time from start to end of executions.");
        _cost = workflows.CreateCounter<double>("weft.executions.cost", "USD", "What executions cost.");
        _alerts = workflows.CreateCounter<long>("weft.workflow.alerts", "{alert}", "Alerts raised, by workflow and kind.");
        _nodeRuns = workflows.CreateCounter<long>("weft.node.runs", "{run}", "Node runs, by kind, agent and status.");
        _agentDuration = meters.Create(WeftMeters.Dashboard).CreateHistogram<double>(
            "agent.execution.duration", "s", "How long agents worked on a node, by the agent's type.");
    }

    /// <summary>Counts a start.</summary>
    internal void Started(string workflowId) => _started.Add(1, Tag("workflow", workflowId));

    /// <summary>Counts an alert of a kind.</summary>
    internal void Alerted(string workflowId, string kind) => _alerts.Add(1, Tag("workflow", workflowId), Tag("kind", kind));

    /// <summary>Counts an execution that ended, with its nodes.</summary>
    internal void Ended(ExecutionDocument document)
    {
        var workflow = Tag("workflow", document.WorkflowId);
        _ended.Add(1, workflow, Tag("status", document.Status.Word()));
        _duration.Record(document.DurationMs / 1000.0, workflow);
        _cost.Add(document.TotalCostUsd, workflow);
        foreach (var node in document.Trace.Nodes)
        {
            _nodeRuns.Add(1, Tag("kind", node.Kind), Tag("agent", node.Agent ?? ""), Tag("status", node.Status.Word()));
            if (node.AgentType is { } type && node.Status is NodeStatus.Completed or NodeStatus.Failed)
            {
                _agentDuration.Record(node.DurationMs / 1000.0, Tag("agent_type", type.Word()));
            }
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
