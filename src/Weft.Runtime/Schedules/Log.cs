using Microsoft.Extensions.Logging;

namespace Weft.Runtime.Schedules;

/// <summary>Event ids 2700–2799.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 2701, Level = LogLevel.Information, Message = "Schedule {ScheduleId}: tick {Tick:u} started execution {ExecutionId}")]
    public static partial void TickStarted(this ILogger logger, string scheduleId, DateTime tick, string executionId);

    [LoggerMessage(EventId = 2702, Level = LogLevel.Information, Message = "Schedule {ScheduleId}: tick {Tick:u} is held: {Outcome}")]
    public static partial void TickHeld(this ILogger logger, string scheduleId, DateTime tick, string? outcome);

    [LoggerMessage(EventId = 2703, Level = LogLevel.Warning, Message = "Schedule {ScheduleId} failed ({Code}): {Reason}")]
    public static partial void ScheduleFailed(this ILogger logger, string scheduleId, string code, string reason);

    [LoggerMessage(EventId = 2704, Level = LogLevel.Error, Message = "The scheduler's pass failed; the next one tries again")]
    public static partial void PassFailed(this ILogger logger, Exception exception);
}
