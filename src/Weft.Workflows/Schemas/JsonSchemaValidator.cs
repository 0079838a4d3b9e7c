using System.Text.Json.Nodes;

namespace Weft.Workflows.Schemas;

/// <summary>Holds values against JSON Schemas (draft 2020-12): deterministic, without I/O, and bounded.</summary>
/// <remarks>
/// Checked: type, enum, const; properties, required, additionalProperties, patternProperties, propertyNames, minProperties,
/// maxProperties, dependentRequired, dependentSchemas; items, prefixItems (also the older list form of items with
/// additionalItems), contains, minContains, maxContains, minItems, maxItems, uniqueItems; minimum, maximum and their exclusive
/// forms (also the older booleans), multipleOf; minLength, maxLength (code points), pattern, format; anyOf, oneOf, allOf, not,
/// if/then/else; boolean schemas; <c>$ref</c> within the schema by JSON pointer or anchor, and to named schemas.
/// Other keywords describe, and check nothing. A pattern runs without backtracking; one that needs it is reported as a fault.
/// </remarks>
public static class JsonSchemaValidator
{
    /// <summary>The faults after which no more are looked for.</summary>
    public const int MostFaults = 50;

    /// <summary>Holds a value against a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value; null is JSON's null.</param>
    /// <param name="named">Finds a schema by the name that a <c>$ref</c> gives; null: there are none.</param>
    /// <returns>The faults in the order in which they stand, at most <see cref="MostFaults"/>; none when it fits.</returns>
    public static IReadOnlyList<SchemaFault> Validate(JsonNode? schema, JsonNode? value, Func<string, JsonObject?>? named = null)
    {
        var run = new SchemaRun(schema, named);
        run.Check(schema, value, "");
        return run.Faults;
    }

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
