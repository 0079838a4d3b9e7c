using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>What came of reading a model's text as JSON.</summary>
/// <param name="Value">The JSON that was found; also when it does not fit.</param>
/// <param name="Faults">Why it will not do, in words that a model can act on; none when it will.</param>
public sealed record StructuredText(JsonNode? Value, IReadOnlyList<string> Faults)
{
    /// <summary>Finds the JSON in a text, and holds it against a schema.</summary>
    /// <param name="text">What a model wrote.</param>
    /// <param name="schema">The schema; null: any JSON will do.</param>
    /// <param name="named">Finds a schema by the name that a <c>$ref</c> gives; null: there are none.</param>
    public static StructuredText Read(string text, JsonObject? schema, Func<string, JsonObject?>? named = null)
    {
        if (!LenientJson.TryExtract(text, out var value, out var fault))
        {
            return new StructuredText(null, [fault ?? "The answer holds no JSON."]);
        }

        var faults = schema is null ? [] : JsonSchemaValidator.Validate(schema, value, named);
        return new StructuredText(value, [.. faults.Select(x => x.ToString())]);
    }
}
