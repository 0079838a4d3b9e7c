namespace Weft.Api.Tools;

/// <summary>Where a user goes to consent.</summary>
internal sealed record ConnectAnswer(string AuthorizationUrl, string ConnectionId, DateTime? ExpiresAt);
