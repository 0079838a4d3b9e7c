using Microsoft.Extensions.Logging;

namespace Weft.Runtime.Queues;

/// <summary>Event ids 2800–2899.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 2801, Level = LogLevel.Information, Message = "Queue {Queue}: message {MessageId} started execution {ExecutionId}")]
    public static partial void MessageStarted(this ILogger logger, string queue, string messageId, string executionId);

    [LoggerMessage(
        EventId = 2802, Level = LogLevel.Warning, Message = "Queue {Queue}: message {MessageId} is dead-lettered ({Code}): {Reason}")]
    public static partial void MessageRefused(this ILogger logger, string queue, string messageId, string code, string reason);

    [LoggerMessage(EventId = 2803, Level = LogLevel.Warning, Message = "Queue {Queue}: message {MessageId} is delivered again")]
    public static partial void MessageAbandoned(this ILogger logger, Exception exception, string queue, string messageId);

    [LoggerMessage(EventId = 2804, Level = LogLevel.Error, Message = "A look at the queue failed; the next one tries again")]
    public static partial void PumpFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2805, Level = LogLevel.Warning,
        Message = "Execution {ExecutionId}: the queue {Queue} was not told that it ended: {Reason}")]
    public static partial void CompletionNotSent(this ILogger logger, string executionId, string queue, string reason);

    [LoggerMessage(EventId = 2806, Level = LogLevel.Warning,
        Message = "Queue {Queue}: the lock on message {MessageId} ran out before it was settled; it is handed out again, and starts "
            + "nothing twice")]
    public static partial void LockLost(this ILogger logger, string queue, string messageId);

    [LoggerMessage(EventId = 2807, Level = LogLevel.Warning,
        Message = "Execution {ExecutionId}: the queue could not be told that it ended; it is tried again")]
    public static partial void CompletionDelayed(this ILogger logger, Exception exception, string executionId);
}
