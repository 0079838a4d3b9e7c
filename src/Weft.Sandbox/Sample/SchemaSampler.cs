using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;

namespace Weft.Sandbox.Sample;

/// <summary>Makes a valid and plausible instance of a JSON Schema: with values of the conversation where names match, else with usual
/// ones.</summary>
internal sealed class SchemaSampler(SchemaDocument document, Values values)
{
    /// <summary>Below this depth only required properties are written, so that recursive schemas end.</summary>
    private const int FullDepth = 5;

    /// <summary>How many items a list gets of which nothing says how many.</summary>
    private const int UsualItems = 2;

    private readonly SchemaCheck _check = new(document);
    private readonly UsualValues _usual = new(values);

    public JsonNode? Sample() => Value(document.Root, string.Empty, depth: 0, index: 0);

    /// <summary>The arguments of a tool with this schema: those that are given, and what it requires besides.</summary>
    public JsonObject Arguments(JsonObject given)
    {
        var schema = document.Resolve(document.Root);
        var properties = schema.Obj("properties") ?? [];
        var arguments = new JsonObject();
        foreach (var name in properties.Select(property => property.Key).Union(SchemaDocument.RequiredOf(schema))
            .Union(properties.Count == 0 ? given.Select(argument => argument.Key) : []))
        {
            if (given.Get(name) is { } value)
            {
                arguments[name] = Typed(document.Resolve(properties.Obj(name) ?? []), value);
            }
            else if (SchemaDocument.RequiredOf(schema).Contains(name))
            {
                arguments[name] = Value(properties.Obj(name) ?? [], name, depth: 1, index: 0);
            }
        }

        return arguments;
    }

    /// <summary>The value of one property, as if it stood in the schema under this name.</summary>
    /// <param name="raw">Its schema, references and all.</param>
    /// <param name="name">Its name; empty for none.</param>
    /// <param name="depth">How deep it stands.</param>
    /// <param name="index">Its place among its like: items of a list differ.</param>
    public JsonNode? Value(JsonObject raw, string name, int depth, int index)
    {
        var schema = document.Resolve(raw);
        if (schema.ContainsKey("const"))
        {
            return schema["const"]?.DeepClone();
        }

        if (schema.Arr("enum") is { Count: > 0 } allowed)
        {
            return Chosen(allowed, name, index);
        }

        if (_usual.Find(name, index) is { } usual && Typed(schema, usual) is var known && _check.Fits(schema, known))
        {
            return known;
        }

        if ((schema.Arr("anyOf") ?? schema.Arr("oneOf")) is { Count: > 0 } branches && !schema.ContainsKey("properties"))
        {
            return Branch(schema, branches, name, depth, index);
        }

        var types = SchemaDocument.TypesOf(schema);
        return types.Contains("null") ? null : types.FirstOrDefault() switch
        {
            "object" => Fields(schema, name, depth, index),
            "array" => Items(schema, name, depth),
            "integer" => NumberSample.Of(schema, whole: true),
            "number" => NumberSample.Of(schema, whole: false),
            "boolean" => false,
            _ => new TextSample(_check, schema, values)
                .Of(schema.Get("default").AsText() ?? schema.Arr("examples")?.FirstOrDefault().AsText()
                    ?? _usual.Text(name, index), name + index),
        };
    }

    /// <summary>A word by what the conversation holds under the name, else by what the message is about.</summary>
    private JsonNode? Chosen(JsonArray allowed, string name, int index)
    {
        var words = allowed.Select(item => item.AsText()).OfType<string>().ToList();
        if (words.Count == 0)
        {
            return allowed[0]?.DeepClone();
        }

        if (index == 0 && values.Text(name) is { } known
            && words.Find(word => word.Equals(known, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return same;
        }

        var (chosen, confidence) = Topics.Choose(words, values.Text("message") ?? string.Empty);
        if (values.Find("confidence") is null)
        {
            values.Set("confidence", confidence); // The first choice is what a classifier is asked for.
        }

        return words[(words.IndexOf(chosen) + index) % words.Count];
    }

    private JsonNode? Branch(JsonObject schema, JsonArray branches, string name, int depth, int index)
    {
        var parts = branches.OfType<JsonObject>().Select(document.Resolve).ToList();
        if (parts.Exists(part => part.Str("type") == "null"))
        {
            return null; // What has a usual value has it already.
        }

        return (depth > FullDepth ? parts.OrderBy(part => part.ToJsonString().Length) : parts.AsEnumerable())
            .Select(part => Value(part, name, depth, index)).FirstOrDefault(value => _check.Fits(schema, value));
    }

    private JsonObject Fields(JsonObject schema, string name, int depth, int index)
    {
        var fields = new JsonObject();
        var required = SchemaDocument.RequiredOf(schema);
        var properties = schema.Obj("properties") ?? [];
        var others = schema.Obj("additionalProperties") ?? [];
        foreach (var property in properties.Select(property => property.Key)
            .Where(property => depth < FullDepth || required.Contains(property)).Union(required))
        {
            fields[property] = Value(properties.Obj(property) ?? others, property, depth + 1, index);
        }

        for (var i = 0; fields.Count < schema.Int("minProperties"); i++)
        {
            fields[$"field_{i + 1}"] = Value(others, "value", depth + 1, i);
        }

        if ((schema.Arr("oneOf") ?? schema.Arr("anyOf")) is { } branches && !_check.Fits(schema, fields))
        {
            var bare = SchemaDocument.Without(schema, "oneOf", "anyOf");
            return branches.OfType<JsonObject>().Select(branch => Both(bare, branch, name, depth + 1, index))
                .FirstOrDefault(merged => _check.Fits(schema, merged)) ?? fields;
        }

        return schema.Obj("if") is { } condition && schema.Obj(_check.Fits(condition, fields) ? "then" : "else") is { } consequence
            ? Both(SchemaDocument.Without(schema, "if", "then", "else"), consequence, name, depth, index) ?? fields
            : fields;
    }

    private JsonObject? Both(JsonObject one, JsonObject other, string name, int depth, int index) =>
        Value(new JsonObject { ["allOf"] = new JsonArray(one.DeepClone(), other.DeepClone()) }, name, depth, index) as JsonObject;

    private JsonArray Items(JsonObject schema, string name, int depth)
    {
        var part = schema.Obj("items") ?? new JsonObject { ["type"] = "string" };
        var usual = depth > FullDepth ? 0 : Choices(part) ?? UsualItems;
        var count = Math.Max(schema.Int("minItems") ?? 0, Math.Min(schema.Int("maxItems") ?? int.MaxValue, usual));
        var items = new JsonArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; items.Count < count && i < count + 20; i++)
        {
            var value = Value(part, name, depth + 1, i);
            if (seen.Add(SandboxJson.Text(value)) || schema.Bool("uniqueItems") != true)
            {
                items.Add(value);
            }
        }

        return items;
    }

    /// <summary>Of items that name one of several, such as an agent to ask, each gets one.</summary>
    private int? Choices(JsonObject part)
    {
        var item = document.Resolve(part);
        return SchemaDocument.RequiredOf(item).Select(name => document.Resolve(item.Obj("properties").Obj(name) ?? []).Arr("enum")?.Count)
            .FirstOrDefault(count => count is not null);
    }

    /// <summary>A value of the conversation in the type that the schema wants, as far as it can be.</summary>
    private static JsonNode? Typed(JsonObject schema, JsonNode value)
    {
        var types = SchemaDocument.TypesOf(schema);
        return types.Count == 0 || value is not JsonValue || value.AsScalarText() is not { } text ? value
            : types.Contains("string") ? text
            : types.Contains("integer") && long.TryParse(text, out var whole) ? whole
            : types.Contains("number") && double.TryParse(text, out var number) ? number
            : types.Contains("boolean") && bool.TryParse(text, out var flag) ? flag
            : types.Contains("array") ? new JsonArray(value.DeepClone())
            : value;
    }
}
