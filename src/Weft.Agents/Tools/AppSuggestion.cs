namespace Weft.Agents.Tools;

/// <summary>An app that may help, and the action of it that fits best.</summary>
public sealed record AppSuggestion(string App, double Score, string BestAction, string Reason);
