namespace Weft.Functions.TestHost;

/// <summary>What the host says.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Worker {WorkerId} is ready: pid {Pid}, {Functions} functions")]
    public static partial void WorkerReady(ILogger logger, string workerId, int pid, int functions);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Worker {WorkerId} exited with {Code}")]
    public static partial void WorkerExited(ILogger logger, string workerId, int code);

    [LoggerMessage(EventId = 3, Message = "[{Category}] {Text} {Failure}")]
    public static partial void WorkerSaid(ILogger logger, LogLevel level, string category, string text, string? failure);
}
