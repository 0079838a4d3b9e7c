using Microsoft.Extensions.Logging;

namespace Weft.Runtime.Cards;

/// <summary>Event ids 2200–2299.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 2201, Level = LogLevel.Warning, Message = "Agent {Agent} is unhealthy: {ErrorRate:P0} of its last {Runs} runs failed")]
    public static partial void AgentUnhealthy(this ILogger logger, string agent, double errorRate, int runs);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Information, Message = "Agent {Agent} is healthy again")]
    public static partial void AgentHealthy(this ILogger logger, string agent);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Error, Message = "Counting the agents' runs failed; the last counts stay")]
    public static partial void HealthCheckFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2204, Level = LogLevel.Information, Message = "Agent {Agent} is registered ({AgentType})")]
    public static partial void AgentRegistered(this ILogger logger, string agent, string agentType);
}
