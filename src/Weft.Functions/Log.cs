using Microsoft.Extensions.Logging;

namespace Weft.Functions;

/// <summary>Event ids 5000–5099.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "Function {FunctionName} failed")]
    public static partial void InvocationFailed(this ILogger logger, Exception exception, string functionName);
}
