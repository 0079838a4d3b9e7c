namespace Weft.Agents.Tools.Providers.Composio.Connections;

/// <summary>Where a user goes to connect.</summary>
public sealed record ConnectionStart(string AuthorizationUrl, string ConnectionId, DateTime? ExpiresAt);
