using System.Text.Json.Nodes;

namespace Weft.Runtime.Executions;

/// <summary>Something that happened to an execution.</summary>
/// <param name="Id">Where to go on after a lost connection.</param>
/// <param name="Type">status, node, waiting or end.</param>
/// <param name="Data">What happened: a progress, a node's trace, what is waited for, or the end without trace and outputs.</param>
public sealed record ExecutionEvent(string Id, string Type, JsonNode Data);
