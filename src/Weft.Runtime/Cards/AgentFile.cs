namespace Weft.Runtime.Cards;

/// <summary>A file of agent cards.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Path">Its path, as diagnostics name it.</param>
public sealed record AgentFile(string Text, string Path);
