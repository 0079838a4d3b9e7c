using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Workflows.Schemas;

/// <summary>One validation: walks schema and value together and collects the faults.</summary>
internal sealed partial class SchemaRun(JsonNode? root, Func<string, JsonObject?>? named)
{
    private const int DeepestNesting = 200;
    private readonly List<SchemaFault> _faults = [];
    private int _depth;

    public IReadOnlyList<SchemaFault> Faults => _faults;

    public void Check(JsonNode? schema, JsonNode? value, string path)
    {
        if (_faults.Count >= JsonSchemaValidator.MostFaults)
        {
            return;
        }

        if (schema is JsonValue constant && constant.TryGetValue<bool>(out var allows))
        {
            if (!allows)
            {
                Fault(path, "is not allowed here");
            }

            return;
        }

        if (schema is not JsonObject rules || rules.Count == 0)
        {
            return;
        }

        if (_depth >= DeepestNesting)
        {
            Fault(path, $"is nested deeper than {DeepestNesting} levels of the schema");
            return;
        }

        _depth++;
        if (rules["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target))
        {
            if (Resolve(target) is { } found)
            {
                Check(found, value, path);
            }
            else
            {
                Fault(path, $"its schema refers to '{target}', which is not there");
            }
        }

        CheckAnyType(rules, value, path);
        CheckCombinations(rules, value, path);
        switch (value)
        {
            case JsonObject members:
                CheckObject(rules, members, path);
                break;
            case JsonArray items:
                CheckArray(rules, items, path);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                CheckText(rules, scalar.GetValue<string>(), path);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number:
                CheckNumber(rules, scalar, path);
                break;
            default:
                break;
        }

        _depth--;
    }

    private void CheckAnyType(JsonObject rules, JsonNode? value, string path)
    {
        if (rules.TryGetPropertyValue("type", out var type))
        {
            string[] types = type is JsonArray several
                ? [.. several.Select(x => x?.ToString() ?? "null")]
                : [type?.ToString() ?? "null"];
            if (!types.Any(x => IsOf(x, value)) && !(rules["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var may) && may && value is null))
            {
                Fault(path, $"must be {string.Join(" or ", types.Select(Article))}, but is {Article(TypeOf(value))}");
            }
        }

        if (rules["enum"] is JsonArray choices && !choices.Any(x => JsonNode.DeepEquals(x, value)))
        {
            Fault(path, $"must be one of {string.Join(", ", choices.Take(20).Select(Short))}{(choices.Count > 20 ? ", …" : "")}");
        }

        if (rules.TryGetPropertyValue("const", out var constant) && !JsonNode.DeepEquals(constant, value))
        {
            Fault(path, $"must be {Short(constant)}");
        }
    }

    private void CheckCombinations(JsonObject rules, JsonNode? value, string path)
    {
        if (rules["allOf"] is JsonArray all)
        {
            foreach (var part in all)
            {
                Check(part, value, path);
            }
        }

        if (rules["anyOf"] is JsonArray any && any.Count > 0 && !any.Any(x => Fits(x, value, path)))
        {
            Fault(path, $"fits none of the {any.Count} forms of anyOf{Nearest(any, value, path)}");
        }

        if (rules["oneOf"] is JsonArray one && one.Count > 0)
        {
            var fitting = one.Count(x => Fits(x, value, path));
            if (fitting != 1)
            {
                Fault(path, fitting == 0
                    ? $"fits none of the {one.Count} forms of oneOf{Nearest(one, value, path)}"
                    : $"fits {fitting} forms of oneOf, but must fit exactly one");
            }
        }

        if (rules.TryGetPropertyValue("not", out var not) && Fits(not, value, path))
        {
            Fault(path, "has the form that 'not' excludes");
        }

        if (rules.TryGetPropertyValue("if", out var condition))
        {
            var branch = Fits(condition, value, path) ? "then" : "else";
            if (rules.TryGetPropertyValue(branch, out var follows))
            {
                Check(follows, value, path);
            }
        }
    }

    /// <summary>Whether a value fits a part of the schema, without keeping the faults.</summary>
    private bool Fits(JsonNode? schema, JsonNode? value, string path) => Try(schema, value, path).Count == 0;

    private IReadOnlyList<SchemaFault> Try(JsonNode? schema, JsonNode? value, string path)
    {
        var inner = new SchemaRun(root, named) { _depth = _depth };
        inner.Check(schema, value, path);
        return inner._faults;
    }

    /// <summary>What is wrong with the alternative that comes nearest, for the message.</summary>
    private string Nearest(JsonArray forms, JsonNode? value, string path)
    {
        var nearest = forms.Select(x => Try(x, value, path)).MinBy(x => x.Count);
        return nearest is { Count: > 0 } ? $" (nearest: {nearest[0]})" : "";
    }

    private void Fault(string path, string message)
    {
        if (_faults.Count < JsonSchemaValidator.MostFaults)
        {
            _faults.Add(new SchemaFault(path, message));
        }
    }

    private JsonNode? Resolve(string target)
    {
        if (!target.StartsWith('#'))
        {
            return named?.Invoke(target);
        }

        if (target.Length == 1)
        {
            return root;
        }

        if (target[1] != '/')
        {
            return Anchored(root, target[1..], 0);
        }

        var node = root;
        foreach (var part in target[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/").Replace("~0", "~");
            node = node switch
            {
                JsonObject members when members.TryGetPropertyValue(name, out var member) => member,
                JsonArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return node;
    }

    private static JsonNode? Anchored(JsonNode? node, string anchor, int depth) => depth > DeepestNesting ? null : node switch
    {
        JsonObject members when members["$anchor"] is JsonValue name && name.TryGetValue<string>(out var text) && text == anchor => members,
        JsonObject members => members.Select(x => Anchored(x.Value, anchor, depth + 1)).FirstOrDefault(x => x is not null),
        JsonArray items => items.Select(x => Anchored(x, anchor, depth + 1)).FirstOrDefault(x => x is not null),
        _ => null,
    };

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "any" => true,
        "integer" => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && IsWhole(number),
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        _ => TypeOf(value) == type,
    };

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static string Article(string type) => type switch
    {
        "null" => "null",
        "any" => "anything",
        "array" or "object" or "integer" => $"an {type}",
        _ => $"a {type}",
    };

    private static string Short(JsonNode? value)
    {
        var text = value?.ToJsonString(WeftJson.Options) ?? "null";
        return text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");
    }
}
