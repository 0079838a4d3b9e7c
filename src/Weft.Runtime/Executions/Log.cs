using Microsoft.Extensions.Logging;

namespace Weft.Runtime.Executions;

// Weft.Agents/Workflows: event ids 2000–2099.
internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Workflow {WorkflowId} is registered at revision {Revision} ({ContentHash}) from {Source}")]
    public static partial void WorkflowRegistered(this ILogger logger, string workflowId, int revision, string contentHash, string source);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "Workflow {WorkflowId} was taken out of the registry")]
    public static partial void WorkflowDeleted(this ILogger logger, string workflowId);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "{Diagnostic}")]
    public static partial void FileHasFault(this ILogger logger, string diagnostic);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "Loading the workflow folders failed; the last good versions stay")]
    public static partial void FolderLoadFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2010, Level = LogLevel.Debug, Message = "Execution {ExecutionId} of workflow {WorkflowId} was started by {StartedBy}")]
    public static partial void ExecutionStarted(this ILogger logger, string executionId, string workflowId, string startedBy);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning, Message = "Execution {ExecutionId}: {Warning}")]
    public static partial void LoadedWithWarning(this ILogger logger, string executionId, string warning);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Information, Message = "Execution {ExecutionId} had ended as {Status} without a record; it was recorded now")]
    public static partial void ExecutionReconciled(this ILogger logger, string executionId, string status);

    [LoggerMessage(EventId = 2014, Level = LogLevel.Warning, Message = "Workflow {WorkflowId}: {Rate:P0} of its last {Executions} executions failed, more than its monitoring.alert_on_error_rate of {Threshold:P0}")]
    public static partial void ErrorRateAlert(this ILogger logger, string workflowId, double rate, int executions, double threshold);

    [LoggerMessage(EventId = 2013, Level = LogLevel.Error, Message = "The sweep for executions that ended without a record failed; the next one tries again")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
