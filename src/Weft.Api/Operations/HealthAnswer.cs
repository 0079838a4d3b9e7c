namespace Weft.Api.Operations;

/// <summary>The process lives.</summary>
internal sealed record HealthAnswer(string Status, string Version);
