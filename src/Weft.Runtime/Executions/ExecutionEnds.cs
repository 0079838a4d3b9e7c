using System.Text.Json;
using Microsoft.Extensions.Options;
using Weft.Agents.Telemetry;
using Weft.Runtime.Queues;
using Weft.Runtime.Records;
using Weft.Runtime.Telemetry;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Executions;

/// <summary>Records the ends of executions, each once: its record, and with it the wish to tell a queue; then its spans and figures.</summary>
public sealed class ExecutionEnds(ExecutionRecords records, IOptions<QueueOptions> queues)
{
    /// <summary>Records how an execution ended. The first end is the one that stays.</summary>
    /// <returns>False when an end was recorded before; then nothing changed.</returns>
    public async Task<bool> RecordAsync(ExecutionDocument document, CancellationToken cancellationToken)
    {
        if (!await records.EndAsync(document, announce: queues.Value.Completed.Length > 0, cancellationToken))
        {
            return false;
        }

        ExecutionSpans.Write(document);
        Count(document);
        return true;
    }

    private static void Count(ExecutionDocument document)
    {
        var workflow = new KeyValuePair<string, object?>("workflow", document.WorkflowId);
        WorkflowMetrics.Ended.Add(1, workflow, new KeyValuePair<string, object?>("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(document.Status.ToString())));
        WorkflowMetrics.Duration.Record(document.DurationMs / 1000.0, workflow);
        WorkflowMetrics.Cost.Add(document.TotalCostUsd, workflow);
        foreach (var node in document.Trace.Nodes)
        {
            DashboardMetrics.AddAgentRun(node);
            WorkflowMetrics.NodeRuns.Add(
                1,
                new KeyValuePair<string, object?>("kind", node.Kind),
                new KeyValuePair<string, object?>("agent", node.Agent ?? ""),
                new KeyValuePair<string, object?>("status", JsonNamingPolicy.SnakeCaseLower.ConvertName(node.Status.ToString())));
        }
    }
}
