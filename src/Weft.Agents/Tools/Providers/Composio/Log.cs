using Microsoft.Extensions.Logging;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Event ids 2300–2302, 2316, and 2400–2449. Never a secret or a link with a token.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2300, Level = LogLevel.Information, Message = "Composio app {App}: {Count} actions known")]
    public static partial void CatalogFetched(this ILogger logger, string app, int count);

    [LoggerMessage(EventId = 2301, Level = LogLevel.Warning,
        Message = "Composio app {App}: using {Count} actions fetched {Age} ago, for Composio cannot be asked: {Error}")]
    public static partial void CatalogStale(this ILogger logger, string app, int count, TimeSpan age, string error);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Warning, Message = "Composio app {App}: its actions are not known yet: {Error}")]
    public static partial void CatalogUnavailable(this ILogger logger, string app, string error);

    [LoggerMessage(
        EventId = 2316, Level = LogLevel.Warning, Message = "The account that entity {EntityId} has at {App} cannot be used: {Status}")]
    public static partial void AccountUnusable(this ILogger logger, string entityId, string app, string status);

    [LoggerMessage(EventId = 2400, Level = LogLevel.Information,
        Message = "App {App}: entity {EntityId} was sent to consent (connection {ConnectionId})")]
    public static partial void ConnectionStarted(this ILogger logger, string app, string entityId, string connectionId);

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information,
        Message = "App {App}: the connection {ConnectionId} of entity {EntityId} was taken back")]
    public static partial void ConnectionRevoked(this ILogger logger, string app, string entityId, string connectionId);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Warning,
        Message = "The connections of entity {EntityId} are told as last known, for Composio cannot be asked: {Error}")]
    public static partial void ConnectionsNotChecked(this ILogger logger, string entityId, string error);
}
