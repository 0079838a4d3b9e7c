using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>A signal on its way to an execution.</summary>
public sealed record SignalEvent(string SignalName, JsonNode? Data)
{
    /// <summary>Gets who sent it, when, and its id.</summary>
    public JsonObject? Metadata { get; init; }
}
