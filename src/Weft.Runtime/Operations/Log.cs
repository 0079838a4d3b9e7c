using Microsoft.Extensions.Logging;

namespace Weft.Runtime.Operations;

/// <summary>Event ids 2900–2999, and of the discovery of tools 2303, 2305 and 2306.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2901, Level = LogLevel.Warning,
        Message = "Execution {ExecutionId} of workflow {WorkflowId} is stuck ({Reason}) since {LastProgressAt:u}: {Detail}")]
    public static partial void ExecutionStuck(
        this ILogger logger, string executionId, string workflowId, StuckReason reason, DateTime lastProgressAt, string detail);

    [LoggerMessage(EventId = 2902, Level = LogLevel.Information,
        Message = "Purged {Executions} executions that ended before {Cutoff:u}, and {Payloads} payloads that nothing refers to")]
    public static partial void Purged(this ILogger logger, int executions, DateTime cutoff, int payloads);

    [LoggerMessage(EventId = 2903, Level = LogLevel.Error, Message = "A round failed at {Part}; the next one tries again")]
    public static partial void RoundFailed(this ILogger logger, Exception exception, string part);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning,
        Message = "The discovery of tools goes on in the background: not all providers have answered within {Limit}")]
    public static partial void DiscoveryContinues(this ILogger logger, TimeSpan limit);

    [LoggerMessage(
        EventId = 2305, Level = LogLevel.Warning, Message = "The tools of the registered workflows could not be looked up at the start")]
    public static partial void SpecsUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2306, Level = LogLevel.Warning, Message = "Tools: {Warning}")]
    public static partial void SpecWarning(this ILogger logger, string warning);
}
