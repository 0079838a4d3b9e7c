using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>Holds values against JSON Schemas (draft 2020-12): deterministic, without I/O, and bounded.</summary>
/// <remarks>
/// <para>All keywords of the draft are honoured; so are the list form of <c>items</c> with <c>additionalItems</c>, the booleans of
/// <c>exclusiveMinimum</c> and <c>exclusiveMaximum</c>, <c>dependencies</c>, <c>nullable</c> and the type <c>any</c> of older dialects.
/// Formats are asserted (<see cref="SchemaFormats"/>). <c>contentSchema</c> and its like describe, and check nothing.</para>
/// <para>A <c>$ref</c> leads by JSON pointer, anchor or <c>$id</c>; else to a named schema, by its name as written or by the URI that it
/// makes; nothing is fetched. A pattern is read as ECMA-262 says, and runs without backtracking; one that cannot is reported as a fault
/// (<see cref="EcmaPattern"/>).</para>
/// </remarks>
public static class JsonSchemaValidator
{
    /// <summary>The faults after which no more are looked for.</summary>
    public const int MostFaults = 50;

    /// <summary>The parts of a schema that are held against parts of a value before both are called too large.</summary>
    public const int MostChecks = 1_000_000;

    /// <summary>Holds a value against a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value; null is JSON's null.</param>
    /// <param name="named">Finds a schema by the name that a <c>$ref</c> gives; null: there are none.</param>
    /// <returns>The faults in the order in which they stand, at most <see cref="MostFaults"/>; none when it fits.</returns>
    public static IReadOnlyList<SchemaFault> Validate(JsonNode? schema, JsonNode? value, Func<string, JsonObject?>? named = null) =>
        SchemaRun.Validate(schema, value, named);

    /// <summary>Lays the defaults of top-level properties under an object; its own members win.</summary>
    public static JsonObject WithDefaults(JsonObject? schema, JsonObject value)
    {
        if (schema?["properties"] is not JsonObject properties)
        {
            return value;
        }

        JsonObject? filled = null;
        foreach (var (name, property) in properties)
        {
            if (property is JsonObject described && described.TryGetPropertyValue("default", out var fallback) && !value.ContainsKey(name))
            {
                filled ??= value.DeepClone().AsObject();
                filled[name] = fallback?.DeepClone();
            }
        }

        return filled ?? value;
    }
}
