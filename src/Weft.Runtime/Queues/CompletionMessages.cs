using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Language;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Queues;

/// <summary>Tells a queue that an execution has ended, when its start asked for that or the host does for all.</summary>
/// <remarks>
/// At least once: the notice that lies beside the end is removed after the message is sent, and the message id is always the same.
/// </remarks>
public sealed class CompletionMessages(
    ICompletionSender sender, CompletionNotices notices, ExecutionRecords records, IOptions<QueueOptions> options,
    ILogger<CompletionMessages> logger)
{
    /// <summary>The largest body that is sent, in bytes of UTF-8: a queue of Service Bus counts what comes with it too.</summary>
    public const int MaxBodyBytes = LocalQueue.MaxBodyBytes - 1024;

    /// <summary>Sends what is to be sent about one execution. A failure is logged, and the next pass tries again.</summary>
    public async Task SendAsync(string executionId, CancellationToken cancellationToken)
    {
        try
        {
            if (await notices.FindAsync(executionId, cancellationToken) is { } notice)
            {
                await SendAsync(notice, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.CompletionDelayed(exception, executionId);
        }
    }

    /// <summary>Sends what a crash, or an unreachable queue, left behind.</summary>
    public async Task SendAllAsync(CancellationToken cancellationToken)
    {
        foreach (var notice in await notices.ListAsync(cancellationToken))
        {
            await SendAsync(notice.ExecutionId, cancellationToken);
        }
    }

    private async Task SendAsync(CompletionNotice notice, CancellationToken cancellationToken)
    {
        if ((await records.FindAsync(notice.ExecutionId, cancellationToken))?.Document is { } document)
        {
            var body = BodyOf(document);
            var queues = new[] { notice.ReplyTo, options.Value.Completed }.OfType<string>().Where(q => q.Length > 0).Distinct(
                StringComparer.Ordinal);
            foreach (var queue in queues)
            {
                try
                {
                    await sender.SendAsync(queue, $"completed-{document.ExecutionId}", body, cancellationToken);
                }
                catch (WeftException refused) when (!refused.Fault.Retryable)
                {
                    // A queue that does not exist is a warning, not a failed execution.
                    logger.CompletionNotSent(document.ExecutionId, queue, refused.Message);
                }
            }
        }

        await notices.DeleteAsync(notice.ExecutionId, cancellationToken);
    }

    private static string BodyOf(ExecutionDocument document)
    {
        var body = new JsonObject
        {
            ["execution_id"] = document.ExecutionId,
            ["workflow_id"] = document.WorkflowId,
            ["status"] = document.Status.Word(),
            ["output"] = document.Output?.DeepClone(),
            ["error"] = document.Error is null ? null : JsonSerializer.SerializeToNode(document.Error, WeftJson.Options),
            ["total_cost_usd"] = document.TotalCostUsd,
            ["duration_ms"] = document.DurationMs,
        };
        var json = body.ToJsonString(WeftJson.Options);
        if (Encoding.UTF8.GetByteCount(json) <= MaxBodyBytes)
        {
            return json;
        }

        // No queue takes it: whoever is told reads it from the API.
        (body["output"], body["output_omitted"]) = (null, true);
        if (body["error"] is JsonObject error)
        {
            error.Remove("details");
        }

        return body.ToJsonString(WeftJson.Options);
    }
}
