using Microsoft.Extensions.Logging;

namespace Weft.Embedded.Engine;

/// <summary>Event ids 4100–4199.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4100, Level = LogLevel.Information,
        Message = "The engine runs on {Folder}: {Resumed} instances go on, {Sleeping} sleep until a timer")]
    public static partial void Started(this ILogger logger, string folder, int resumed, int sleeping);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "The engine on {Folder} has stopped")]
    public static partial void Stopped(this ILogger logger, string folder);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning,
        Message = "{Count} activities still ran after {Patience}; they were cancelled, and run again at the next start")]
    public static partial void DrainCutOff(this ILogger logger, int count, TimeSpan patience);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error,
        Message = "No orchestrator is named {Name}: instance {InstanceId} rests until a start that registers one")]
    public static partial void OrchestratorMissing(this ILogger logger, string name, string instanceId);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Critical,
        Message = "A commit failed; the engine has stopped itself. Start it again: nothing that was committed is lost")]
    public static partial void StorageFailed(this ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 4105, Level = LogLevel.Error, Message = "Instance {InstanceId} can't take its turn, and rests until the next start")]
    public static partial void InstanceStuck(this ILogger logger, Exception exception, string instanceId);
}
