using Weft.Language.Definitions;

namespace Weft.Workflows.Execution;

/// <summary>One edge of a plan.</summary>
/// <param name="Index">Its place among all edges.</param>
/// <param name="From">The source's place among the nodes.</param>
/// <param name="To">The target's place; -1 for the end of the workflow.</param>
/// <param name="Condition">The condition; null: always.</param>
/// <param name="OnError">Whether it stands for <c>on_error: route</c>: taken when the source fails, and only then.</param>
internal sealed record PlannedEdge(int Index, int From, int To, ConditionDefinition? Condition, bool OnError);
