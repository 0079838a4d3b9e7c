using Microsoft.Extensions.Logging;

namespace Weft.Runtime.Executions;

/// <summary>Event ids 2010–2099.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 2010, Level = LogLevel.Debug, Message = "Execution {ExecutionId} of workflow {WorkflowId} was started by {StartedBy}")]
    public static partial void ExecutionStarted(this ILogger logger, string executionId, string workflowId, string startedBy);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning, Message = "Execution {ExecutionId}: {Warning}")]
    public static partial void LoadedWithWarning(this ILogger logger, string executionId, string warning);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Information,
        Message = "Execution {ExecutionId} had ended as {Status} without a record; it was recorded now")]
    public static partial void ExecutionReconciled(this ILogger logger, string executionId, string status);

    [LoggerMessage(EventId = 2014, Level = LogLevel.Warning,
        Message = "Workflow {WorkflowId}: {Rate:P0} of its last {Executions} executions failed, more than its "
            + "monitoring.alert_on_error_rate of {Threshold:P0}")]
    public static partial void ErrorRateAlert(this ILogger logger, string workflowId, double rate, int executions, double threshold);

    [LoggerMessage(EventId = 2013, Level = LogLevel.Error,
        Message = "The sweep for executions that ended without a record failed; the next one tries again")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
