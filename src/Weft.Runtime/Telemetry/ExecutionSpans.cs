using System.Diagnostics;
using Weft.Agents.Telemetry;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Telemetry;

/// <summary>
/// Writes the spans of an execution and its nodes once its end is recorded: an orchestrator, which is replayed, can write none.
/// </summary>
internal static class ExecutionSpans
{
    public static void Write(ExecutionDocument document)
    {
        if (!WeftTracing.Source.HasListeners())
        {
            return;
        }

        // The span of what called would be taken for the parent of one that has none.
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            WriteExecution(document);
            var written = new HashSet<string>(StringComparer.Ordinal);
            foreach (var node in document.Trace.Nodes)
            {
                WriteNode(document, node, isFirst: node.StartedAt is not null && written.Add(node.NodeId));
            }
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static void WriteExecution(ExecutionDocument document)
    {
        var links = document.ParentExecutionId is { } parent
            ? new[] { new ActivityLink(
                new ActivityContext(TraceIds.TraceOf(parent), TraceIds.SpanOf(parent), ActivityTraceFlags.Recorded)) }
            : null;
        var root = new ActivityContext(TraceIds.TraceOf(document.ExecutionId), default, ActivityTraceFlags.Recorded);
        using var span = WeftTracing.Source.StartActivity(
            $"invoke_workflow {document.WorkflowId}", ActivityKind.Internal, root, tags: null, links, At(document.StartedAt));
        if (span is null)
        {
            return;
        }

        TraceIds.SetSpanId(span, TraceIds.SpanOf(document.ExecutionId));
        span.SetTag("weft.execution_id", document.ExecutionId)
            .SetTag("weft.workflow_id", document.WorkflowId)
            .SetTag("weft.workflow_version", document.WorkflowVersion)
            .SetTag("weft.status", document.Status.Word())
            .SetTag("weft.cost_usd", document.TotalCostUsd)
            .SetTag("weft.parent_execution_id", document.ParentExecutionId);
        if (document.Error is { } error)
        {
            span.Fail(error.Code);
        }

        End(span, document.StartedAt, document.DurationMs);
    }

    private static void WriteNode(ExecutionDocument document, NodeTrace node, bool isFirst)
    {
        if (node.StartedAt is not { } startedAt)
        {
            // It was skipped, or adopted from another execution: nothing of it took time here.
            return;
        }

        var parent = TraceIds.ParentOf(document.ExecutionId, node.ParentId ?? "");
        var isAgent = node.Agent is not null;
        using var span = WeftTracing.Source.StartActivity(
            isAgent ? $"invoke_agent {node.Agent}" : $"{node.Kind} {node.NodeId}", ActivityKind.Internal, parent, tags: null, links: null,
            At(startedAt));
        if (span is null)
        {
            return;
        }

        if (isFirst)
        {
            TraceIds.SetSpanId(span, TraceIds.SpanOf(document.ExecutionId, node.NodeId));
        }

        span.SetTag("weft.execution_id", document.ExecutionId)
            .SetTag("weft.workflow_id", document.WorkflowId)
            .SetTag("weft.node_id", node.NodeId)
            .SetTag("weft.node_kind", node.Kind)
            .SetTag("weft.status", node.Status.Word())
            .SetTag("weft.attempt", node.Attempt)
            .SetTag("weft.cost_usd", node.CostUsd);
        if (isAgent)
        {
            span.SetTag("gen_ai.operation.name", "invoke_agent")
                .SetTag("gen_ai.agent.name", node.Agent)
                .SetTag("gen_ai.provider.name", node.Provider)
                .SetTag("gen_ai.request.model", node.Model)
                .SetTag("gen_ai.usage.input_tokens", node.InputTokens)
                .SetTag("gen_ai.usage.output_tokens", node.OutputTokens)
                .SetTag("weft.agent_type", node.AgentType is { } type ? type.Word() : null)
                .SetTag("weft.iterations", node.Iterations);
        }

        if (node.Error is { } error)
        {
            span.Fail(error.Code);
        }

        End(span, startedAt, node.DurationMs);
    }

    // A span without any length would be ended by the clock of now.
    private static void End(Activity span, DateTime startedAt, long durationMs)
    {
        var length = durationMs > 0 ? TimeSpan.FromMilliseconds(durationMs) : TimeSpan.FromTicks(1);
        span.SetEndTime(DateTime.SpecifyKind(startedAt, DateTimeKind.Utc) + length);
        span.Stop();
    }

    private static DateTimeOffset At(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
