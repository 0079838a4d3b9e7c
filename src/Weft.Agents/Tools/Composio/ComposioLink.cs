namespace Weft.Agents.Tools.Composio;

/// <summary>Where a user goes to connect an account.</summary>
public sealed record ComposioLink(string ConnectedAccountId, string RedirectUrl, DateTime? ExpiresAt);
