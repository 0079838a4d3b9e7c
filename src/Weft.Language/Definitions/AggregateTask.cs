namespace Weft.Language.Definitions;

/// <summary>Combines results: its output is its <see cref="TaskDefinition.Outputs"/>.</summary>
public sealed record AggregateTask : TaskDefinition;
