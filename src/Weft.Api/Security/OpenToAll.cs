namespace Weft.Api.Security;

/// <summary>An endpoint that needs no key: a load balancer has none.</summary>
internal sealed record OpenToAll;
