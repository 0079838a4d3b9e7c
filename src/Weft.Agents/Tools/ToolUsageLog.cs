using Microsoft.Extensions.Logging;
using Weft.Agents.Tools.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools;

/// <summary>Notes each use of a tool for analytics. A note that cannot be written is logged: it never costs a call its result.</summary>
internal sealed class ToolUsageLog(ToolUsageRecords records, ToolMetrics metrics, TimeProvider time, ILogger<ToolUsageLog> logger)
{
    public async Task AddAsync(
        CallToolRequest request, ResolvedTool? tool, ToolFailure? failure, long durationMs, int attempts, bool cached,
        CancellationToken cancellationToken)
    {
        metrics.Called(request.Tool, StatusOf(failure));
        if (tool is { OfToolkit: true, Provider: { } provider })
        {
            metrics.Acted(provider, tool.App);
        }

        var split = ToolName.Split(request.Tool);
        var usage = new ToolUsage
        {
            Id = Guid.NewGuid().ToString("N"),
            AppName = tool?.App ?? split?.App ?? "unknown",
            ActionName = tool?.Action ?? split?.Action ?? request.Tool,
            EntityId = request.EntityId,
            Success = failure is null,
            ErrorMessage = failure?.Message,
            ErrorKind = failure?.Kind,
            DurationMs = durationMs,
            ExecutedAt = time.GetUtcNow().UtcDateTime,
            ExecutionId = request.Scope.ExecutionId,
            WorkflowId = request.Scope.WorkflowId,
            NodeId = request.Scope.NodeId,
            Agent = request.Scope.Agent,
            Cached = cached,
            Attempts = attempts,
        };
        try
        {
            await records.AddAsync(usage, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.UsageNotRecorded(exception, request.Tool);
        }
    }

    private static string StatusOf(ToolFailure? failure) =>
        failure is null ? "success" : ToolFailureKind.Of(failure.Kind).Refused ? "refused" : "failed";
}
