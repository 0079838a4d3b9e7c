using System.Text.Json.Nodes;

namespace Weft.Language.Shapes;

/// <summary>Writes shapes as JSON Schema (draft 2020-12), for editors.</summary>
internal sealed class JsonSchemaWriter
{
    private static readonly string[] Directives = ["$ref", "$use", "$merge"];

    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    private JsonSchemaWriter()
    {
    }

    /// <summary>The schema of a whole file.</summary>
    public static JsonObject Write(ObjectShape root, string title)
    {
        var writer = new JsonSchemaWriter();
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (key, value) in writer.Object(root).ToList())
        {
            schema[key] = value?.DeepClone();
        }

        schema["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject() };
        var definitions = new JsonObject();
        foreach (var (name, definition) in writer._definitions)
        {
            definitions[name] = definition;
        }

        schema["$defs"] = definitions;
        return schema;
    }

    private JsonObject Schema(Shape shape) => shape switch
    {
        TextShape text => Text(text),
        NumberShape number => Number(number),
        BoolShape => Type("boolean"),
        WordShape words => new JsonObject { ["enum"] = Array(words.Words) },
        ListShape list => List(list),
        MapShape map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Schema(map.Value) },
        SchemaShape => AnyOf(Type("object"), Type("string")),
        ConditionShape => AnyOf(Type("string"), Type("boolean"), Reference(ConditionText.Shape)),
        ChoiceShape choice => AnyOf([.. choice.Choices.Select(Schema)]),
        ObjectShape o => Reference(o),
        VariantShape variant => Reference(variant),
        _ => [],
    };

    private JsonObject Reference(ObjectShape shape)
    {
        if (_definitions.TryAdd(shape.Name, []))
        {
            _definitions[shape.Name] = Object(shape);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{shape.Name}" };
    }

    private JsonObject Reference(VariantShape shape)
    {
        if (_definitions.TryAdd(shape.Name, []))
        {
            _definitions[shape.Name] = Variants(shape);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{shape.Name}" };
    }

    private JsonObject Object(ObjectShape shape)
    {
        var properties = new JsonObject();
        foreach (var key in shape.Keys)
        {
            foreach (var spelling in key.Spellings)
            {
                properties[spelling] = Property(key, spelling);
            }
        }

        foreach (var directive in Directives)
        {
            properties.TryAdd(directive, new JsonObject());
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = shape.Keys.Where(k => k.Required).Select(Required).ToArray();
        if (required.Length > 0)
        {
            // What a directive brings is not there for an editor to see.
            schema["anyOf"] = new JsonArray([
                new JsonObject { ["allOf"] = new JsonArray(required) },
                .. Directives.Select(d => new JsonObject { ["required"] = new JsonArray(d) })]);
        }

        return schema;
    }

    private JsonObject Property(Key key, string spelling)
    {
        var schema = Schema(key.Shape);
        var doc = string.Equals(spelling, key.Name, StringComparison.Ordinal) ? key.Doc : $"As `{key.Name}`: {key.Doc}";
        var property = schema.ContainsKey("$ref") ? new JsonObject { ["description"] = doc, ["allOf"] = new JsonArray(schema) } : schema;
        property["description"] = key.Default is null ? doc : $"{doc} Default: {key.Default}.";
        return property;
    }

    private static JsonNode Required(Key key) => key.Also.Count == 0
        ? new JsonObject { ["required"] = new JsonArray(key.Name) }
        : AnyOf([.. key.Spellings.Select(k => new JsonObject { ["required"] = new JsonArray(k) })]);

    private JsonObject Variants(VariantShape shape)
    {
        var cases = new JsonArray();
        foreach (var (value, variant) in shape.Variants)
        {
            var given = new JsonObject
            {
                ["properties"] = new JsonObject { [shape.Discriminator] = new JsonObject { ["const"] = value } },
                ["required"] = new JsonArray(shape.Discriminator),
            };
            cases.Add(new JsonObject
            {
                ["if"] = value == shape.Fallback
                    ? AnyOf(given, new JsonObject { ["not"] = new JsonObject { ["required"] = new JsonArray(shape.Discriminator) } })
                    : given,
                ["then"] = Reference(variant),
            });
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [shape.Discriminator] = new JsonObject { ["enum"] = Array(shape.Variants.Keys) } },
            ["allOf"] = cases,
        };
    }

    private JsonObject List(ListShape shape)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Schema(shape.Item) };
        if (shape.Filled)
        {
            list["minItems"] = 1;
        }

        return shape.OrOne ? AnyOf(list, Schema(shape.Item)) : list;
    }

    private static JsonObject Text(TextShape shape) => shape.Kind switch
    {
        TextKind.Id =>
            new JsonObject { ["type"] = new JsonArray("string", "integer"), ["pattern"] = "^[A-Za-z0-9_][A-Za-z0-9_-]*$",
                ["maxLength"] = 128 },
        TextKind.Time => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        TextKind.Cron => Type("string"),
        _ => new JsonObject { ["type"] = new JsonArray("string", "number") },
    };

    private static JsonObject Number(NumberShape shape)
    {
        var schema = Type(shape.Whole ? "integer" : "number");
        schema["minimum"] = shape.Min;
        if (!double.IsPositiveInfinity(shape.Max))
        {
            schema["maximum"] = shape.Max;
        }

        return schema;
    }

    private static JsonObject Type(string type) => new() { ["type"] = type };

    private static JsonObject AnyOf(params JsonObject[] schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    private static JsonArray Array(IEnumerable<string> words) => new([.. words.Select(w => JsonValue.Create(w))]);
}
