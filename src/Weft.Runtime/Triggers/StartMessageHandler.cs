using Microsoft.Extensions.Logging;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Queues;
using Weft.Runtime.Records;

namespace Weft.Runtime.Triggers;

/// <summary>Turns a message into a start: the one piece of code behind Service Bus and the embedded server's own queue.</summary>
/// <remarks>
/// The message id is the idempotency key, so a message that is delivered twice starts once. The caller settles the message only after
/// the answer: by then the start is durable.
/// </remarks>
public sealed class StartMessageHandler(IScheduledStarts starts, ILogger<StartMessageHandler> logger)
{
    /// <summary>Looks at one message.</summary>
    /// <param name="queue">The queue that it came from.</param>
    /// <param name="messageId">Its id: the same on every delivery.</param>
    /// <param name="body">Its body.</param>
    /// <param name="cancellationToken">Ends the look; the message is then delivered again.</param>
    public async Task<MessageDisposition> HandleAsync(string queue, string messageId, string body, CancellationToken cancellationToken)
    {
        var (message, fault) = StartMessage.Parse(body);
        if (message is null)
        {
            logger.MessageRefused(queue, messageId, "invalid_message", fault!);
            return new MessageDisposition.DeadLetter("invalid_message", fault!);
        }

        var context = message.Context;
        context["message_id"] = messageId;
        if (message.ReplyTo is { } replyTo)
        {
            context[CompletionNotice.ReplyToKey] = replyTo;
        }

        try
        {
            var started = await starts.StartAsync(
                new StartExecution(
                    message.WorkflowId, message.Input, context) { IdempotencyKey = $"queue:{queue}:{messageId}", StartedBy = "queue" },
                cancellationToken);
            logger.MessageStarted(queue, messageId, started.ExecutionId);
            return new MessageDisposition.Complete(started.ExecutionId, started.Repeated);
        }
        catch (WeftException refused) when (!refused.Fault.Retryable)
        {
            // Another delivery would be refused the same way: the definition or the message has to change first.
            logger.MessageRefused(queue, messageId, refused.Code, refused.Message);
            return new MessageDisposition.DeadLetter(refused.Code, refused.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.MessageAbandoned(exception, queue, messageId);
            return new MessageDisposition.Abandon((exception as WeftException)?.Code ?? exception.GetType().Name);
        }
    }
}
