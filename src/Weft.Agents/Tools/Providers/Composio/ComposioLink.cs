namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Where a user goes to connect an account.</summary>
internal sealed record ComposioLink(string ConnectedAccountId, string RedirectUrl, DateTime? ExpiresAt);
