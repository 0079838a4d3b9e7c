using System.Text.Json;

namespace Weft.Language.Definitions;

/// <summary>The stored form of definitions: one line of JSON, the same for the same definition always.</summary>
public static class WorkflowDefinitionJson
{
    /// <summary>Writes a definition. Keys keep the model's order, and data the file's.</summary>
    public static string Serialize(WorkflowDefinition definition) => JsonSerializer.Serialize(definition, WeftJson.Options);

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="WeftException">The text is no stored definition (code <c>invalid_definition</c>).</exception>
    public static WorkflowDefinition Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkflowDefinition>(json, WeftJson.Options)
                ?? throw new WeftException(
                    "invalid_definition", Fault.Internal, "The stored definition is null. Store the workflow again.");
        }
        catch (JsonException e)
        {
            throw new WeftException(
                "invalid_definition", Fault.Internal, $"The stored definition cannot be read: {e.Message} Store the workflow again.", e);
        }
    }
}
