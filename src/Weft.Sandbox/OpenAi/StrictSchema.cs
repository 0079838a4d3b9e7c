using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.OpenAi;

/// <summary>The subset of JSON Schema that strict mode takes: closed objects, and every property required.</summary>
internal static class StrictSchema
{
    private static readonly string[] Nested = ["items", "not"];
    private static readonly string[] Lists = ["anyOf", "prefixItems"];
    private static readonly string[] Maps = ["$defs", "definitions"];
    private static readonly string[] Refused =
        ["oneOf", "allOf", "if", "then", "else", "patternProperties", "dependentRequired", "dependentSchemas"];

    /// <summary>Returns what the service would say against the schema, or null when it takes it.</summary>
    public static string? Fault(JsonObject schema) =>
        schema.Str("type") != "object" && !schema.ContainsKey("$ref")
            ? $"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{schema.Str("type") ?? "None"}\"'."
            : Fault(schema, "()");

    private static string? Fault(JsonObject schema, string context)
    {
        if (Array.Find(Refused, schema.ContainsKey) is { } keyword)
        {
            return $"In context={context}, '{keyword}' is not permitted.";
        }

        if (schema.Str("type") == "object" || schema.ContainsKey("properties"))
        {
            var properties = schema.Obj("properties") ?? [];
            if (schema.Bool("additionalProperties") != false)
            {
                return $"In context={context}, 'additionalProperties' is required to be supplied and to be false.";
            }

            var required = (schema.Arr("required") ?? []).Select(name => name.AsText()).ToHashSet();
            if (properties.FirstOrDefault(property => !required.Contains(property.Key)).Key is { } missing)
            {
                return $"In context={context}, 'required' is required to be supplied and to be an array including every key in properties. "
                    + $"Missing '{missing}'.";
            }

            foreach (var (name, value) in properties)
            {
                if (value is JsonObject property && Fault(property, $"('properties', '{name}')") is { } fault)
                {
                    return fault;
                }
            }
        }

        var below = Nested.Select(name => (name, schema.Obj(name)))
            .Concat(Lists.SelectMany(name => (schema.Arr(name) ?? []).Select(item => (name, item as JsonObject))))
            .Concat(Maps.SelectMany(name => (schema.Obj(name) ?? []).Select(item => (name, item.Value as JsonObject))));
        return below.Select(item => item.Item2 is { } part ? Fault(part, $"('{item.name}')") : null).OfType<string>().FirstOrDefault();
    }
}
