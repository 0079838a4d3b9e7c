namespace Weft.Language.Definitions;

/// <summary>One way: to a task of the list (<see cref="Target"/>, may be a template) or an inline task.</summary>
/// <param name="Key">The value that leads here; <c>default</c> for all others.</param>
/// <param name="Target">A task's id.</param>
/// <param name="Task">The inline task.</param>
public sealed record Route(string Key, string? Target, TaskDefinition? Task);
