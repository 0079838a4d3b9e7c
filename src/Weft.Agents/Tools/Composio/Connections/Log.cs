using Microsoft.Extensions.Logging;

namespace Weft.Agents.Tools.Composio.Connections;

/// <summary>Event ids 2400–2449. Never a secret or a link with a token.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2400, Level = LogLevel.Information, Message = "App {App}: entity {EntityId} was sent to consent (connection {ConnectionId})")]
    public static partial void ConnectionStarted(this ILogger logger, string app, string entityId, string connectionId);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "App {App}: the connection {ConnectionId} of entity {EntityId} was taken back")]
    public static partial void ConnectionRevoked(this ILogger logger, string app, string entityId, string connectionId);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Warning, Message = "The connections of entity {EntityId} are told as last known, for Composio cannot be asked: {Error}")]
    public static partial void ConnectionsNotChecked(this ILogger logger, string entityId, string error);
}
