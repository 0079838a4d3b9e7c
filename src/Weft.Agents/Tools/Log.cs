using Microsoft.Extensions.Logging;

namespace Weft.Agents.Tools;

/// <summary>Event ids 2300–2399. Never arguments, answers or keys.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2304, Level = LogLevel.Warning, Message = "Tool '{Tool}' is left out of what the model is shown: {Error}")]
    public static partial void ToolLeftOut(this ILogger logger, string tool, string error);

    [LoggerMessage(EventId = 2310, Level = LogLevel.Debug,
        Message = "Execution {ExecutionId}, node {NodeId}: {Tool} {Status} in {DurationMs} ms (call {CallId}, attempt {Attempt})")]
    public static partial void ToolCalled(
        this ILogger logger, string executionId, string nodeId, string tool, string status, long durationMs, string callId, int attempt);

    [LoggerMessage(
        EventId = 2311, Level = LogLevel.Warning, Message = "Execution {ExecutionId}, node {NodeId}: {Tool} failed ({Kind}): {Error}")]
    public static partial void ToolFailed(this ILogger logger, string executionId, string nodeId, string tool, string kind, string error);

    [LoggerMessage(EventId = 2312, Level = LogLevel.Warning,
        Message = "Execution {ExecutionId}, call {CallId}: {Tool} has an unknown outcome; policy {Policy}")]
    public static partial void UnknownOutcome(this ILogger logger, string executionId, string callId, string tool, string policy);

    [LoggerMessage(EventId = 2313, Level = LogLevel.Error,
        Message = "Execution {ExecutionId}, call {CallId}: the result of {Tool} could not be recorded; a crash before the execution "
            + "notes it would leave its outcome unknown")]
    public static partial void ResultNotRecorded(this ILogger logger, Exception exception, string executionId, string callId, string tool);

    [LoggerMessage(EventId = 2314, Level = LogLevel.Warning, Message = "The usage of {Tool} could not be recorded")]
    public static partial void UsageNotRecorded(this ILogger logger, Exception exception, string tool);

    [LoggerMessage(EventId = 2315, Level = LogLevel.Debug, Message = "{Tool} is tried again in {Delay} (attempt {Attempt}): {Error}")]
    public static partial void ToolRetried(this ILogger logger, string tool, TimeSpan delay, int attempt, string error);

    [LoggerMessage(EventId = 2317, Level = LogLevel.Warning,
        Message = "Execution {ExecutionId}, call {CallId}: the answer of {Tool} is too large to keep, and was cut: {Error}")]
    public static partial void AnswerCut(this ILogger logger, string executionId, string callId, string tool, string error);

    [LoggerMessage(
        EventId = 2318, Level = LogLevel.Warning, Message = "Old records of tools could not be removed; it is tried again in an hour")]
    public static partial void RetentionFailed(this ILogger logger, Exception exception);
}
