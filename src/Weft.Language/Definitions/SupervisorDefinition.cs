namespace Weft.Language.Definitions;

/// <summary>Agents that a supervising model hands work to.</summary>
public sealed record SupervisorDefinition(IReadOnlyList<string> Agents, string? Strategy = null, int? MaxRounds = null);
