namespace Weft.Api.Operations;

/// <summary>The process lives.</summary>
public sealed record HealthAnswer(string Status, string Version);
