using Microsoft.Extensions.Logging;

namespace Weft.Runtime.Registry;

/// <summary>Event ids 2000–2009.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Information,
        Message = "Workflow {WorkflowId} is registered at revision {Revision} ({ContentHash}) from {Source}")]
    public static partial void WorkflowRegistered(this ILogger logger, string workflowId, int revision, string contentHash, string source);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "Workflow {WorkflowId} was taken out of the registry")]
    public static partial void WorkflowDeleted(this ILogger logger, string workflowId);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "{Diagnostic}")]
    public static partial void FileHasFault(this ILogger logger, string diagnostic);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error, Message = "Loading the workflow folders failed; the last good versions stay")]
    public static partial void FolderLoadFailed(this ILogger logger, Exception exception);
}
