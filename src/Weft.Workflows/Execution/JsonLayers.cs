using System.Text.Json.Nodes;

namespace Weft.Workflows.Execution;

/// <summary>Objects laid over one another: of a member that several have, the last one's value counts.</summary>
internal static class JsonLayers
{
    /// <summary>Lays the members of an object over those of another. Copies them.</summary>
    /// <returns>The object that was laid over.</returns>
    public static JsonObject Lay(this JsonObject under, JsonObject? over)
    {
        foreach (var (name, value) in over ?? [])
        {
            under[name] = value?.DeepClone();
        }

        return under;
    }
}
