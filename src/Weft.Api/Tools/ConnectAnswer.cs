namespace Weft.Api.Tools;

/// <summary>Where a user goes to consent.</summary>
public sealed record ConnectAnswer(string AuthorizationUrl, string ConnectionId, DateTime? ExpiresAt);
