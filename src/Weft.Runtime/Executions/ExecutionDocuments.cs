using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Executions;

/// <summary>Composes the document of an execution that has none yet, from what the engine knows of its instance.</summary>
internal static class ExecutionDocuments
{
    /// <summary>The document as far as it goes.</summary>
    /// <param name="instance">The engine's view, payloads included.</param>
    /// <param name="record">What was recorded at its start; null: it was not loaded yet.</param>
    /// <param name="definition">What it runs, when that is known.</param>
    /// <param name="now">The clock, UTC.</param>
    public static ExecutionDocument Compose(
        OrchestrationInstance instance, ExecutionRecord? record, WorkflowDefinition? definition, DateTime now)
    {
        var run = Read<RunWorkflowInput>(instance.Input);
        var progress = Read<ExecutionProgress>(instance.CustomStatus) ?? new ExecutionProgress();
        var result = instance.Status == OrchestrationStatus.Completed ? Read<WorkflowResult>(instance.Output) : null;
        var startedAt = record?.Summary.StartedAt ?? instance.CreatedAt;
        var completedAt = instance.HasEnded ? instance.CompletedAt ?? instance.LastUpdatedAt : (DateTime?)null;
        var nodes = Nodes(progress, definition, instance.HasEnded);
        var cost = Math.Max(progress.CostUsd, result?.TotalCostUsd ?? 0);
        return new ExecutionDocument
        {
            ExecutionId = instance.InstanceId,
            WorkflowId = record?.Summary.WorkflowId ?? run?.WorkflowId ?? instance.Tags.GetValueOrDefault("workflow_id", ""),
            WorkflowVersion = record?.Summary.WorkflowVersion ?? definition?.Version,
            Status = StatusOf(instance, progress, result),
            StartedAt = startedAt,
            CompletedAt = completedAt,
            DurationMs = Math.Max(0, (long)((completedAt ?? now) - startedAt).TotalMilliseconds),
            TotalCostUsd = cost,
            Sandbox = record?.Summary.Sandbox ?? false,
            Input = record?.Input?.DeepClone() ?? run?.Input.DeepClone(),
            Output = result?.Output?.DeepClone(),
            Error = ErrorOf(instance, result),
            ParentExecutionId = record?.Summary.ParentExecutionId ?? run?.ParentExecutionId,
            Trace = new ExecutionTrace
            {
                Nodes = nodes,
                Costs = new CostBreakdown
                {
                    TotalUsd = cost,
                    ByNode = nodes.Where(n => n.CostUsd > 0).GroupBy(n => n.NodeId).ToDictionary(g => g.Key, g => g.Sum(n => n.CostUsd)),
                    ByModel = nodes.Where(n => n is { CostUsd: > 0, Model: not null }).GroupBy(n => n.Model!).ToDictionary(
                        g => g.Key, g => g.Sum(n => n.CostUsd)), // Where says so.
                },
            },
        };
    }

    /// <summary>What a running execution last said of itself.</summary>
    public static ExecutionProgress? ProgressOf(OrchestrationInstance instance) => Read<ExecutionProgress>(instance.CustomStatus);

    /// <summary>What an instance was started with; null when it is no execution.</summary>
    public static RunWorkflowInput? RunOf(OrchestrationInstance instance) => Read<RunWorkflowInput>(instance.Input);

    public static ExecutionStatus StatusOf(OrchestrationInstance instance, ExecutionProgress? progress, WorkflowResult? result) =>
        instance.Status switch
    {
        OrchestrationStatus.Pending => ExecutionStatus.Pending,
        OrchestrationStatus.Suspended => ExecutionStatus.Paused,
        OrchestrationStatus.Completed => result?.Status ?? ExecutionStatus.Completed,
        OrchestrationStatus.Failed => ExecutionStatus.Failed,
        OrchestrationStatus.Terminated => ExecutionStatus.Cancelled,
        _ => progress?.Status is { } status && !status.HasEnded() ? status : ExecutionStatus.Running,
    };

    private static ExecutionError? ErrorOf(OrchestrationInstance instance, WorkflowResult? result) => instance.Status switch
    {
        OrchestrationStatus.Terminated =>
            new ExecutionError("cancelled", instance.Failure?.Message is { Length: > 0 } reason ? reason : "The execution was cancelled."),
        OrchestrationStatus.Failed => new ExecutionError(
            instance.Failure?.Code ?? "execution_failed",
            instance.Failure?.Message ?? "The execution failed, and the engine knows no more.", null,
            instance.Failure?.Details?.DeepClone()),
        _ => result?.Failure is { } failure ? new ExecutionError(failure.Code, failure.Message, null, failure.Details?.DeepClone()) : null,
    };

    private static List<NodeTrace> Nodes(ExecutionProgress progress, WorkflowDefinition? definition, bool ended)
    {
        var nodes = progress.Recent.ToList();
        foreach (var id in progress.Running)
        {
            nodes.Add(new NodeTrace
            {
                NodeId = id,
                Kind = KindOf(definition, id),
                Status = ended ? NodeStatus.Cancelled : NodeStatus.Running,
            });
        }

        return nodes;
    }

    private static string KindOf(WorkflowDefinition? definition, string nodeId)
    {
        switch (definition?.Body)
        {
            case GraphBody graph when graph.Nodes.FirstOrDefault(n => n.Id == nodeId) is { } node:
                return TaskKinds.WordOf(node.Step);
            case SequenceBody sequence when TaskOf(sequence, nodeId) is { } task:
                return TaskKinds.WordOf(task);
            default:
                return "node";
        }
    }

    /// <summary>The task of an id, or the one whose id is a template that begins as it does.</summary>
    private static TaskDefinition? TaskOf(SequenceBody sequence, string id)
    {
        var tasks = TaskTree.Of(sequence.Tasks).ToList();
        return tasks.Find(t => t.Id == id)
            ?? tasks.Find(
                t => t.Id.Split("{{")[0] is { Length: > 0 } begin && begin != t.Id && id.StartsWith(begin, StringComparison.Ordinal));
    }

    private static T? Read<T>(JsonNode? node)
        where T : class
    {
        try
        {
            return node.Deserialize<T>(WeftJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
