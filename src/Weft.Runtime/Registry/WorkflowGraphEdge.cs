namespace Weft.Runtime.Registry;

/// <summary>An edge of a workflow as a graph.</summary>
/// <param name="From">Its source.</param>
/// <param name="To">Its target.</param>
/// <param name="Label">Its condition; null: always.</param>
/// <param name="OnError">Whether it is taken by a failure.</param>
internal sealed record WorkflowGraphEdge(string From, string To, string? Label = null, bool OnError = false);
