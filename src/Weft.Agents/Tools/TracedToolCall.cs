using System.Diagnostics;
using Weft.Agents.Telemetry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using ActivityContext = Weft.Workflows.Durable.ActivityContext;

namespace Weft.Agents.Tools;

/// <summary>A tool call with its span.</summary>
internal sealed class TracedToolCall(IActivity<CallToolRequest, ToolOutcome> inner) : IActivity<CallToolRequest, ToolOutcome>
{
    public async Task<ToolOutcome> RunAsync(ActivityContext context, CallToolRequest input, CancellationToken cancellationToken)
    {
        using var span = WeftTracing.StartCall($"execute_tool {input.Tool}", ActivityKind.Client, input.Scope);
        span?.SetTag("gen_ai.operation.name", "execute_tool")
            .SetTag("gen_ai.tool.name", input.Tool)
            .SetTag("gen_ai.tool.call.id", input.CallId);
        try
        {
            var outcome = await inner.RunAsync(context, input, cancellationToken);
            switch (outcome)
            {
                case ToolOutcome.Succeeded succeeded:
                    span?.SetTag("weft.cached", succeeded.Cached).SetTag("weft.replayed", succeeded.Replayed);
                    break;
                case ToolOutcome.Failed failed:
                    span?.Fail(failed.Failure.Kind);
                    break;
            }

            return outcome;
        }
        catch (Exception exception)
        {
            span?.Fail(exception is OperationCanceledException ? "cancelled" : exception.GetType().FullName ?? "exception");
            throw;
        }
    }
}
