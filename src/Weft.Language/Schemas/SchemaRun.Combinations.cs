using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>The keywords that ask about any type of value.</summary>
internal sealed partial class SchemaRun
{
    private void CheckAnyType(JsonObject rules, JsonNode? value)
    {
        if (rules.TryGetPropertyValue("type", out var type) && !IsOfAny(type, value) && !(value is null && IsTrue(rules["nullable"])))
        {
            var types = type is JsonArray several ? several.Select(TypeName) : [TypeName(type)];
            Fault($"must be {string.Join(" or ", types.Select(Article))}, but is {Article(TypeOf(value))}");
        }

        if (rules["enum"] is JsonArray choices && !choices.Any(x => JsonNode.DeepEquals(x, value)))
        {
            Fault($"must be one of {string.Join(", ", choices.Take(20).Select(Short))}{(choices.Count > 20 ? ", …" : "")}");
        }

        if (rules.TryGetPropertyValue("const", out var constant) && !JsonNode.DeepEquals(constant, value))
        {
            Fault($"must be {Short(constant)}");
        }
    }

    private void CheckCombinations(JsonObject rules, JsonNode? value, Evaluated? seen)
    {
        if (rules["allOf"] is JsonArray all)
        {
            foreach (var part in all)
            {
                Check(part, value, seen);
            }
        }

        if (rules["anyOf"] is JsonArray { Count: > 0 } any && Fitting(any, value, seen, enough: 1, out var nearest) == 0)
        {
            Fault($"fits none of the {any.Count} forms of anyOf{nearest}");
        }

        if (rules["oneOf"] is JsonArray { Count: > 0 } one
            && Fitting(one, value, seen, enough: int.MaxValue, out nearest) is not 1 and var fitting)
        {
            Fault(fitting == 0
                ? $"fits none of the {one.Count} forms of oneOf{nearest}"
                : $"fits {fitting} forms of oneOf, but must fit exactly one");
        }

        if (rules.TryGetPropertyValue("not", out var not) && Fits(not, value, null))
        {
            Fault("has the form that 'not' excludes");
        }

        if (rules.TryGetPropertyValue("if", out var condition)
            && rules.TryGetPropertyValue(Fits(condition, value, seen) ? "then" : "else", out var follows))
        {
            Check(follows, value, seen);
        }
    }

    /// <summary>Counts the forms that fit, until there are enough of them. Who asks what was looked at hears of every form.</summary>
    /// <param name="forms">The forms.</param>
    /// <param name="value">The value.</param>
    /// <param name="seen">Hears what those that fit look at.</param>
    /// <param name="enough">The count after which to stop.</param>
    /// <param name="nearest">What is wrong with the form that comes nearest, for the message; empty when one fits.</param>
    private int Fitting(JsonArray forms, JsonNode? value, Evaluated? seen, int enough, out string nearest)
    {
        var count = 0;
        List<SchemaFault>? fewest = null;
        for (var i = 0; i < forms.Count && (count < enough || seen is not null); i++)
        {
            var faults = Try(forms[i], value, seen);
            count += faults.Count == 0 ? 1 : 0;
            fewest = fewest is null || faults.Count < fewest.Count ? faults : fewest;
        }

        nearest = fewest is { Count: > 0 } ? $" (nearest: {fewest[0]})" : "";
        return count;
    }

    /// <summary>Whether a value fits a part of the schema, without keeping the faults.</summary>
    private bool Fits(JsonNode? schema, JsonNode? value, Evaluated? seen) => Try(schema, value, seen).Count == 0;

    private List<SchemaFault> Try(JsonNode? schema, JsonNode? value, Evaluated? seen)
    {
        var kept = _faults;
        var tried = _faults = [];
        var looked = seen is null ? null : new Evaluated();
        Check(schema, value, looked);
        _faults = kept;
        if (looked is not null && tried.Count == 0)
        {
            seen?.Add(looked);
        }

        return tried;
    }

    private static bool IsOfAny(JsonNode? type, JsonNode? value)
    {
        if (type is not JsonArray several)
        {
            return IsOf(TypeName(type), value);
        }

        for (var i = 0; i < several.Count; i++)
        {
            if (IsOf(TypeName(several[i]), value))
            {
                return true;
            }
        }

        return false;
    }

    private static string TypeName(JsonNode? type) => type?.ToString() ?? "null";

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "any" => true,
        "integer" => value is JsonValue number && Number(number) is { } whole && Math.Floor(whole) == whole,
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

    private static string Short(JsonNode? value) => (value?.ToJsonString(WeftJson.Options) ?? "null").Clip(61);
}
