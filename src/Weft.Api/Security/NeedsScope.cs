namespace Weft.Api.Security;

/// <summary>The scope an endpoint needs, where its method says another.</summary>
internal sealed record NeedsScope(string Scope);
