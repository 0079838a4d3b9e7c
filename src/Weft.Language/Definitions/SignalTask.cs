using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Sends a signal: to one execution, or to every workflow that it triggers.</summary>
public sealed record SignalTask : TaskDefinition
{
    /// <summary>Gets the name of the signal, a template.</summary>
    public required string Signal { get; init; }

    /// <summary>Gets what goes with it, a template; null: nothing.</summary>
    public JsonNode? Payload { get; init; }

    /// <summary>Gets the template of the execution that gets it; null: workflows with a trigger of that name are started.</summary>
    public string? Target { get; init; }
}
