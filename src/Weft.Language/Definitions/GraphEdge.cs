using Weft.Language.Diagnostics;

namespace Weft.Language.Definitions;

/// <summary>One edge. Its condition sees the source's result as <c>output</c>, and every other result by node id.</summary>
public sealed record GraphEdge(string From, string To, ConditionDefinition? Condition = null, SourceSpan? Source = null);
