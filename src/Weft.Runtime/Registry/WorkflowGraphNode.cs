using System.Text.Json.Serialization;

namespace Weft.Runtime.Registry;

/// <summary>A node of a workflow as a graph.</summary>
/// <param name="Id">The node's or task's id.</param>
/// <param name="Kind">agent, tool, transform, workflow, a task's type, or terminal.</param>
/// <param name="Note">What works there: the agent's or tool's name, else the kind.</param>
/// <param name="Parent">The task that holds it.</param>
internal sealed record WorkflowGraphNode(string Id, string Kind, string Note, string? Parent = null)
{
    [JsonIgnore]
    public string Title => Terminal ? Id.Trim('_') : Id;

    [JsonIgnore]
    public bool Terminal => Kind == "terminal";
}
