using System.Diagnostics.Metrics;

namespace Weft.Runtime.Executions;

/// <summary>What is counted of executions. Instruments of the meter <c>Weft.Workflows</c>.</summary>
internal static class WorkflowMetrics
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Weft.Workflows";

    private static readonly Meter Meter = new(Name);

    /// <summary>Executions started, by workflow.</summary>
    public static readonly Counter<long> Started = Meter.CreateCounter<long>("weft.executions.started", "{execution}", "Executions started.");

    /// <summary>Executions ended, by workflow and status.</summary>
    public static readonly Counter<long> Ended = Meter.CreateCounter<long>("weft.executions.ended", "{execution}", "Executions that ended, by status.");

    /// <summary>How long executions took, by workflow.</summary>
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("weft.execution.duration", "s", "The time from start to end of executions.");

    /// <summary>What executions cost, in USD.</summary>
    public static readonly Counter<double> Cost = Meter.CreateCounter<double>("weft.executions.cost", "USD", "What executions cost.");

    /// <summary>Alerts raised, by workflow and kind.</summary>
    public static readonly Counter<long> Alerts = Meter.CreateCounter<long>("weft.workflow.alerts", "{alert}", "Alerts raised, by workflow and kind.");

    /// <summary>Node runs, by kind, agent and status.</summary>
    public static readonly Counter<long> NodeRuns = Meter.CreateCounter<long>("weft.node.runs", "{run}", "Node runs, by kind, agent and status.");
}
