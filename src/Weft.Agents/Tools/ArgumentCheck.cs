using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;
using Weft.Language.Schemas;

namespace Weft.Agents.Tools;

/// <summary>Mends what is plainly meant in a call's arguments, and checks them against the tool's schema before anything is sent.</summary>
/// <remarks>
/// Mended: a number given as text where a number is asked for and the other way round, <c>"true"</c> for a flag, JSON text for an object or
/// a list, one value for a list of one, an enum's word in other case, a null for a parameter that may be left out, a repository as
/// <c>owner/name</c> where the two are asked for apart. Patterns and formats of a stranger's schema are hints, not checks: dialects differ,
/// and the tool itself will judge.
/// </remarks>
internal static class ArgumentCheck
{
    private const int MostFaults = 20;

    private static readonly ConditionalWeakTable<JsonObject, JsonObject> Checked = [];

    /// <summary>Mends and checks.</summary>
    /// <param name="schema">The normalised schema, the same object each time.</param>
    /// <param name="arguments">The arguments; not changed.</param>
    /// <returns>The mended arguments, and the faults in words that a model can act on: at most 20.</returns>
    public static (JsonObject Arguments, IReadOnlyList<string> Faults) Run(JsonObject schema, JsonObject arguments)
    {
        var mended = Mend(schema, arguments.DeepClone()) as JsonObject ?? [];
        var faults = JsonSchemaValidator.Validate(Checked.GetValue(schema, WithoutHints), mended);
        return (mended, [.. faults.Take(MostFaults).Select(f => Words(f, schema))]);
    }

    private static JsonNode? Mend(JsonObject schema, JsonNode? value)
    {
        if (schema["anyOf"] is JsonArray choices)
        {
            value = MendChoice(choices, value);
        }

        var types = TypesOf(schema);
        if (types.Count > 0 && !types.Any(type => Is(type, value)))
        {
            value = types.Select(type => Converted(type, value)).FirstOrDefault(v => v is not null) ?? value;
        }

        if (schema["enum"] is JsonArray words && value.Text() is { } text && !words.Any(w => JsonNode.DeepEquals(w, value))
            && words.FirstOrDefault(w => string.Equals(w.Text(), text, StringComparison.OrdinalIgnoreCase)) is { } meant)
        {
            return meant.DeepClone();
        }

        switch (value)
        {
            case JsonObject o when schema["properties"] is JsonObject properties:
                MendProperties(properties, schema.Texts("required"), o);
                break;
            case JsonArray a when schema["items"] is JsonObject items:
                for (var i = 0; i < a.Count; i++)
                {
                    if (Mend(items, a[i]) is var item && !ReferenceEquals(item, a[i]))
                    {
                        a[i] = item;
                    }
                }

                break;
            default:
                break;
        }

        return value;
    }

    private static void MendProperties(JsonObject properties, IReadOnlyList<string> required, JsonObject value)
    {
        if (required.Contains("owner") && required.Contains("repo") && !value.ContainsKey("owner")
            && value["repo"].Text()?.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } repo])
        {
            // Everybody writes a repository as owner/name; the actions of code hosts take the two apart.
            (value["owner"], value["repo"]) = (owner, repo);
        }

        foreach (var (name, given) in value.ToList())
        {
            if (properties[name] is not JsonObject property)
            {
                continue;
            }

            if (given is null && !required.Contains(name) && !Nullable(property))
            {
                // Models write null for what they leave out.
                value.Remove(name);
            }
            else if (Mend(property, given) is var mended && !ReferenceEquals(mended, given))
            {
                value[name] = mended;
            }
        }
    }

    private static JsonNode? MendChoice(JsonArray choices, JsonNode? value)
    {
        var schemas = choices.OfType<JsonObject>().ToList();
        if (schemas.Count != choices.Count || schemas.Any(choice => JsonSchemaValidator.Validate(WithoutHints(choice), value).Count == 0))
        {
            return value;
        }

        foreach (var choice in schemas)
        {
            var mended = Mend(choice, value?.DeepClone());
            if (JsonSchemaValidator.Validate(WithoutHints(choice), mended).Count == 0)
            {
                return mended;
            }
        }

        return value;
    }

    private static JsonNode? Converted(string type, JsonNode? value)
    {
        var text = value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>().Trim() : null;
        return type switch
        {
            "string"
                when value is JsonValue scalar && scalar.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                => JsonValue.Create(value.ToJsonString()),
            "integer" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                JsonValue.Create(whole),
            "number"
                when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                JsonValue.Create(number),
            "boolean" when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            "object" when text is ['{', ..] => LenientJson.Parse(text) as JsonObject,
            "array" when text is ['[', ..] => LenientJson.Parse(text) as JsonArray,
            "array" when value is JsonValue => new JsonArray(value.DeepClone()),
            _ => null,
        };
    }

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" or "integer" => value?.GetValueKind() == JsonValueKind.Number,
        _ => true,
    };

    private static IReadOnlyList<string> TypesOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(t => t.Text()).OfType<string>()],
        JsonValue one => one.Text() is { Length: > 0 } type ? [type] : [],
        _ => [],
    };

    private static bool Nullable(JsonObject schema) =>
        (schema.Flag("nullable") ?? false) || TypesOf(schema).Contains("null") || (schema["enum"] as JsonArray)?.Contains(null) == true
        || schema.Items("anyOf").OfType<JsonObject>().Any(Nullable)
        || (TypesOf(schema).Count == 0 && !schema.ContainsKey("enum") && !schema.ContainsKey("anyOf"));

    /// <summary>The schema as it is checked: without patterns and formats, and with <c>nullable</c> in the words of JSON Schema.</summary>
    private static JsonObject WithoutHints(JsonObject schema)
    {
        var copy = (JsonObject)schema.DeepClone();
        Strip(copy, isSchema: true);
        return copy;
    }

    private static void Strip(JsonNode? node, bool isSchema)
    {
        switch (node)
        {
            case JsonObject o:
                if (isSchema)
                {
                    o.Remove("pattern");
                    o.Remove("format");
                    if ((o.Flag("nullable") ?? false) && o["type"] is JsonValue type)
                    {
                        o["type"] = new JsonArray(type.DeepClone(), "null");
                    }
                }

                foreach (var (name, child) in o.ToList())
                {
                    // Below "properties" stand names of the tool's, not of the schema language.
                    Strip(child, isSchema: !isSchema || name is not ("properties" or "enum" or "const" or "default" or "examples"));
                }

                break;
            case JsonArray a:
                foreach (var child in a)
                {
                    Strip(child, isSchema);
                }

                break;
            default:
                break;
        }
    }

    private static string Words(SchemaFault fault, JsonObject schema)
    {
        var path = fault.Path.TrimStart('/').Replace('/', '.').Replace("~1", "/", StringComparison.Ordinal).Replace(
            "~0", "~", StringComparison.Ordinal);
        var known = (schema["properties"] as JsonObject)?.Select(p => p.Key).ToList() ?? [];
        var list = path.Length == 0 && known.Count > 0
            ? $" (parameters: {string.Join(", ", known.Take(20))}{(known.Count > 20 ? ", …" : "")})" : "";
        return $"{(path.Length == 0 ? "The call" : $"'{path}'")} {fault.Message.TrimEnd('.')}{list}.";
    }
}
