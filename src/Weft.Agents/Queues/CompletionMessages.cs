using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Workflows;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Queues;

/// <summary>Tells a queue that an execution has ended, when its start asked for that or the host does for all.</summary>
public sealed class CompletionMessages(ICompletionSender sender, IOptions<QueueOptions> options, ILogger<CompletionMessages> logger)
{
    /// <summary>Sends what is asked for. A queue that does not exist is a warning, not a failed execution.</summary>
    /// <param name="document">The execution that ended.</param>
    /// <param name="replyTo">The queue that its start named.</param>
    /// <param name="cancellationToken">Ends the try; the activity that called is delivered again.</param>
    public async Task SendAsync(ExecutionDocument document, string? replyTo, CancellationToken cancellationToken)
    {
        var queues = new[] { replyTo, options.Value.Completed }.Where(q => !string.IsNullOrEmpty(q)).Distinct(StringComparer.Ordinal);
        foreach (var queue in queues)
        {
            var body = new JsonObject
            {
                ["execution_id"] = document.ExecutionId,
                ["workflow_id"] = document.WorkflowId,
                ["status"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(document.Status.ToString()),
                ["output"] = PayloadReference.IsIn(document.Output) ? null : document.Output?.DeepClone(),
                ["error"] = document.Error is null ? null : JsonSerializer.SerializeToNode(document.Error, WeftJson.Options),
                ["total_cost_usd"] = document.TotalCostUsd,
                ["duration_ms"] = document.DurationMs,
            };
            try
            {
                await sender.SendAsync(queue!, $"completed-{document.ExecutionId}", body.ToJsonString(WeftJson.Options), cancellationToken);
            }
            catch (WeftException refused)
            {
                logger.CompletionNotSent(document.ExecutionId, queue!, refused.Message);
            }
        }
    }
}
