using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Writes a valid instance of a JSON Schema, with values from the conversation where names match.</summary>
internal sealed class SchemaAuthor(SchemaDocument document, Facts facts, ToolTask task)
{
    /// <summary>Below this depth only required properties are written, so that recursive schemas end.</summary>
    private const int FullDepth = 5;

    private readonly SchemaCheck _check = new(document);
    private double _confidence = 0.9;

    public JsonNode? Write() => Value(document.Root, string.Empty, 0, 0);

    /// <summary>The value of one property, as if it stood in the schema under this name.</summary>
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

        if ((schema.Arr("anyOf") ?? schema.Arr("oneOf")) is { Count: > 0 } branches && !schema.ContainsKey("properties"))
        {
            return Branch(schema, branches, name, depth, index);
        }

        var types = SchemaDocument.TypesOf(schema);
        var kind = types.FirstOrDefault(type => type != "null");
        if (types.Contains("null") && (kind is null || IsAbsent(name, kind)))
        {
            return null;
        }

        return kind switch
        {
            "object" => Fields(schema, name, depth, index),
            "array" => Items(schema, name, depth),
            "integer" => Number(schema, name, whole: true),
            "number" => Number(schema, name, whole: false),
            "boolean" => JsonValue.Create(new FieldGuess(facts, task).Flag(name)),
            "null" => null,
            _ => JsonValue.Create(new TextShape(_check, schema, facts, name + index).Shape(Text(schema, name, index))),
        };
    }

    /// <summary>An entity that the conversation lacks is null rather than made up.</summary>
    private bool IsAbsent(string name, string kind) => kind switch
    {
        "string" => new FieldGuess(facts, task).Known(name) is null && !FieldGuess.IsProse(name),
        "object" or "array" => FieldGuess.IsOfFailure(name),
        "boolean" => FieldGuess.IsOfFailure(name),
        _ => facts.Any(Labels.Key(name)) is null && !FieldGuess.IsScore(name),
    };

    private JsonNode? Chosen(JsonArray allowed, string name, int index)
    {
        var words = allowed.Select(item => item.AsText()).OfType<string>().ToList();
        if (words.Count < allowed.Count(item => item is not null) || words.Count == 0)
        {
            return allowed[0]?.DeepClone();
        }

        if (facts.Label(Labels.Key(name)) is { } labelled && words.Find(word => word.Equals(labelled, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return JsonValue.Create(same);
        }

        if (new FieldGuess(facts, task).Word(name, words) is { } guessed)
        {
            return JsonValue.Create(guessed);
        }

        var (value, confidence) = KeywordChoice.Choose(words, facts.CustomerText, facts.Prompt);
        if (name is "intent" or "category" or "classification" or "label" or "type")
        {
            _confidence = confidence;
        }

        return JsonValue.Create(index == 0 ? value : words[(words.IndexOf(value) + index) % words.Count]);
    }

    private JsonNode? Branch(JsonObject schema, JsonArray branches, string name, int depth, int index)
    {
        var parts = branches.OfType<JsonObject>().Select(document.Resolve).ToList();
        var nullable = parts.Exists(part => part.Str("type") == "null");
        var real = parts.Where(part => part.Str("type") != "null").ToList();
        if (nullable && (real.Count == 0 || IsAbsent(name, SchemaDocument.TypesOf(real[0]).FirstOrDefault() ?? "string")))
        {
            return null;
        }

        foreach (var part in depth > FullDepth ? real.OrderBy(part => part.ToJsonString().Length) : real.AsEnumerable())
        {
            var value = Value(part, name, depth, index);
            if (_check.Fits(schema, value))
            {
                return value;
            }
        }

        return nullable ? null : Value(real[0], name, depth, index);
    }

    private JsonObject Fields(JsonObject schema, string name, int depth, int index)
    {
        var fields = new JsonObject();
        var required = SchemaDocument.RequiredOf(schema);
        var properties = schema.Obj("properties") ?? [];
        foreach (var (property, value) in properties)
        {
            if (value is JsonObject part && (required.Contains(property) || depth < FullDepth))
            {
                fields[property] = Value(part, property, depth + 1, index);
            }
        }

        foreach (var missing in required.Where(property => !fields.ContainsKey(property)))
        {
            fields[missing] = schema.Obj("additionalProperties") is { } others ? Value(others, missing, depth + 1, 0) : Text([], missing, 0);
        }

        if (properties.Count == 0 && schema.Bool("additionalProperties") != false)
        {
            foreach (var (key, value) in new FieldGuess(facts, task).Entities(name))
            {
                fields[key] = schema.Obj("additionalProperties") is { } shape && !_check.Fits(shape, value) ? Value(shape, key, depth + 1, 0) : value;
            }
        }

        for (var i = 0; fields.Count < schema.Int("minProperties"); i++)
        {
            fields[$"field_{i + 1}"] = schema.Obj("additionalProperties") is { } shape ? Value(shape, "value", depth + 1, i) : "value";
        }

        if ((schema.Arr("oneOf") ?? schema.Arr("anyOf")) is { } branches && !_check.Fits(schema, fields))
        {
            foreach (var branch in branches.OfType<JsonObject>())
            {
                var merged = Value(new JsonObject { ["allOf"] = new JsonArray(Without(schema, "oneOf", "anyOf"), branch.DeepClone()) }, name, depth + 1, 0);
                if (_check.Fits(schema, merged) && merged is JsonObject found)
                {
                    return found;
                }
            }
        }

        return schema.Obj("if") is { } condition && schema.Obj(_check.Fits(condition, fields) ? "then" : "else") is { } consequence
            && Value(new JsonObject { ["allOf"] = new JsonArray(Without(schema, "if", "then", "else"), consequence.DeepClone()) }, name, depth, index) is JsonObject conditional
            ? conditional
            : fields;
    }

    private JsonArray Items(JsonObject schema, string name, int depth)
    {
        var min = schema.Int("minItems") ?? 0;
        var max = schema.Int("maxItems") ?? int.MaxValue;
        var guess = new FieldGuess(facts, task);
        var part = schema.Obj("items") ?? new JsonObject { ["type"] = "string" };
        var known = guess.List(name).Select(text => (JsonNode?)JsonValue.Create(text)).Where(value => _check.Fits(part, value)).Take(max).ToList();
        var wanted = known.Count > 0 ? known.Count : FieldGuess.IsOfFailure(name) || depth > FullDepth ? 0 : 2;
        var count = Math.Max(min, Math.Min(max, wanted));
        var items = new JsonArray();
        var unique = schema.Bool("uniqueItems") == true || document.Resolve(part).ContainsKey("enum");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; items.Count < count && i < count + 20; i++)
        {
            var value = i < known.Count ? known[i] : Value(part, name, depth + 1, i);
            if (seen.Add(SandboxJson.Text(value)) || !unique)
            {
                items.Add(value);
            }
        }

        return items;
    }

    private JsonNode Number(JsonObject schema, string name, bool whole)
    {
        var min = schema.Get("minimum").AsNumber() ?? (schema.Get("exclusiveMinimum").AsNumber() is { } above ? above + (whole ? 1 : 0.01) : null);
        var max = schema.Get("maximum").AsNumber() ?? (schema.Get("exclusiveMaximum").AsNumber() is { } below ? below - (whole ? 1 : 0.01) : null);
        var wanted = name.Contains("confidence", StringComparison.OrdinalIgnoreCase) ? _confidence : new FieldGuess(facts, task).Number(name, max);
        if (name.Contains("confidence", StringComparison.OrdinalIgnoreCase) && max > 1)
        {
            wanted = Math.Round(wanted * 100);
        }

        var value = Math.Max(min ?? double.MinValue, Math.Min(max ?? double.MaxValue, wanted));
        if (schema.Get("multipleOf").AsNumber() is { } step && step > 0)
        {
            value = Math.Ceiling(Math.Round((min ?? 0) / step, 9)) * step is var lowest && value < lowest ? lowest : Math.Floor(Math.Round(value / step, 9)) * step;
        }

        if (!whole)
        {
            return JsonValue.Create(Math.Round(value, 6));
        }

        var rounded = Math.Round(value);
        return JsonValue.Create((long)(rounded < min ? Math.Ceiling(min.Value) : rounded > max ? Math.Floor(max.Value) : rounded));
    }

    private string Text(JsonObject schema, string name, int index)
    {
        var guess = new FieldGuess(facts, task);
        return guess.Known(name) is { } known && index == 0 ? known
            : schema.Get("default").AsText() is { Length: > 0 } standard && !FieldGuess.IsProse(name) ? standard
            : schema.Arr("examples")?.FirstOrDefault().AsText() is { } example && !FieldGuess.IsProse(name) ? example
            : guess.Sentence(name, index);
    }

    private static JsonObject Without(JsonObject schema, params IReadOnlyList<string> keywords)
    {
        var copy = (JsonObject)schema.DeepClone();
        foreach (var keyword in keywords)
        {
            copy.Remove(keyword);
        }

        return copy;
    }
}
