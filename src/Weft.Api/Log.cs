using Microsoft.Extensions.Logging;

namespace Weft.Api;

/// <summary>Event ids 3000–3099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "{Method} {Path}: the caller left before the answer")]
    public static partial void CallerLeft(this ILogger logger, string method, string path);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Not ready: {Part} does not answer")]
    public static partial void NotReady(this ILogger logger, Exception exception, string part);
}
