using System.Diagnostics;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Telemetry;

/// <summary>The product's traces: one for each execution, with a span for each node, model call and tool call.</summary>
/// <remarks>
/// Attributes follow OpenTelemetry's conventions for generative AI (<c>gen_ai.*</c>); those of the product begin with <c>weft.</c>. No
/// prompt, argument, answer or key is an attribute.
/// </remarks>
public static class WeftTracing
{
    /// <summary>The name of the source, for who listens.</summary>
    public const string SourceName = "Weft";

    /// <summary>The product's source of spans.</summary>
    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts the span of a call that a step makes; null when nobody listens.</summary>
    public static Activity? StartCall(string name, ActivityKind kind, StepScope scope)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity(name, kind, TraceIds.ParentOf(scope.ExecutionId, scope.NodeId));
        span?.SetTag("weft.execution_id", scope.ExecutionId)
            .SetTag("weft.workflow_id", scope.WorkflowId)
            .SetTag("weft.node_id", scope.NodeId)
            .SetTag("gen_ai.agent.name", scope.Agent)
            .SetTag("gen_ai.conversation.id", scope.ConversationId);
        return span;
    }

    /// <summary>Marks a span as failed, by a code: messages may hold what a provider said.</summary>
    public static void Fail(this Activity span, string code) => span.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error, code);
}
