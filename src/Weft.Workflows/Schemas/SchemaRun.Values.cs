using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weft.Workflows.Schemas;

/// <summary>The keywords that ask for the inside of one type of value.</summary>
internal sealed partial class SchemaRun
{
    private const int MostPatterns = 512;
    private static readonly ConcurrentDictionary<string, Regex?> Patterns = new(StringComparer.Ordinal);

    private void CheckObject(JsonObject rules, JsonObject value, string path)
    {
        if (rules["required"] is JsonArray required)
        {
            foreach (var name in required.Select(x => x?.ToString() ?? ""))
            {
                if (!value.ContainsKey(name))
                {
                    Fault(path, $"lacks the required member '{name}'{(NearMiss.Find(name, value.Select(x => x.Key)) is { } near ? $" (it has '{near}')" : "")}");
                }
            }
        }

        var properties = rules["properties"] as JsonObject;
        var patterns = rules["patternProperties"] as JsonObject;
        var hasRest = rules.TryGetPropertyValue("additionalProperties", out var rest);
        foreach (var (name, member) in value)
        {
            var inside = $"{path}/{name.Replace("~", "~0").Replace("/", "~1")}";
            var known = properties is not null && properties.ContainsKey(name);
            if (known)
            {
                Check(properties![name], member, inside); // known says that there are properties
            }

            foreach (var (pattern, schema) in patterns ?? [])
            {
                if (Matches(pattern, name, path))
                {
                    known = true;
                    Check(schema, member, inside);
                }
            }

            if (known || !hasRest)
            {
                continue;
            }

            if (rest is JsonValue closed && closed.TryGetValue<bool>(out var open) && !open)
            {
                Fault(path, $"has the member '{name}', which the schema does not know.{NearMiss.Hint(name, properties?.Select(x => x.Key) ?? [])}");
            }
            else
            {
                Check(rest, member, inside);
            }
        }

        AtLeast(rules, "minProperties", value.Count, path, "members");
        AtMost(rules, "maxProperties", value.Count, path, "members");
        if (rules.TryGetPropertyValue("propertyNames", out var names))
        {
            foreach (var (name, _) in value)
            {
                if (!Fits(names, JsonValue.Create(name), path))
                {
                    Fault(path, $"has a member with the name '{name}', which 'propertyNames' excludes");
                }
            }
        }

        foreach (var (name, needs) in rules["dependentRequired"] as JsonObject ?? [])
        {
            if (value.ContainsKey(name))
            {
                foreach (var needed in (needs as JsonArray ?? []).Select(x => x?.ToString() ?? "").Where(x => !value.ContainsKey(x)))
                {
                    Fault(path, $"has '{name}', and so needs '{needed}'");
                }
            }
        }

        foreach (var (name, schema) in rules["dependentSchemas"] as JsonObject ?? [])
        {
            if (value.ContainsKey(name))
            {
                Check(schema, value, path);
            }
        }
    }

    private void CheckArray(JsonObject rules, JsonArray value, string path)
    {
        AtLeast(rules, "minItems", value.Count, path, "items");
        AtMost(rules, "maxItems", value.Count, path, "items");
        rules.TryGetPropertyValue("items", out var items);
        var first = rules["prefixItems"] as JsonArray ?? items as JsonArray;
        if (items is JsonArray)
        {
            rules.TryGetPropertyValue("additionalItems", out items);
        }

        for (var i = 0; i < value.Count; i++)
        {
            if (first is not null && i < first.Count)
            {
                Check(first[i], value[i], $"{path}/{i}");
            }
            else if (items is not null)
            {
                Check(items, value[i], $"{path}/{i}");
            }
        }

        if (IsTrue(rules["uniqueItems"]))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < value.Count; i++)
            {
                if (!seen.Add(CanonicalJson.Of(value[i])))
                {
                    Fault($"{path}/{i}", "stands in the list already, and items must be unique");
                }
            }
        }

        if (rules.TryGetPropertyValue("contains", out var contains))
        {
            var found = value.Count(x => Fits(contains, x, path));
            var least = Number(rules["minContains"]) ?? 1;
            if (found < least || found > (Number(rules["maxContains"]) ?? double.MaxValue))
            {
                Fault(path, $"holds {found} items of the form that 'contains' asks for");
            }
        }
    }

    private void CheckText(JsonObject rules, string value, string path)
    {
        if (rules.ContainsKey("minLength") || rules.ContainsKey("maxLength"))
        {
            var length = value.EnumerateRunes().Count();
            AtLeast(rules, "minLength", length, path, "characters");
            AtMost(rules, "maxLength", length, path, "characters");
        }

        if (rules["pattern"] is JsonValue text && text.TryGetValue<string>(out var pattern) && !Matches(pattern, value, path))
        {
            Fault(path, $"does not match the pattern {pattern}");
        }

        if (rules["format"] is JsonValue named && named.TryGetValue<string>(out var format) && !SchemaFormats.Holds(format, value))
        {
            Fault(path, $"is not a valid {format}");
        }
    }

    private void CheckNumber(JsonObject rules, JsonValue value, string path)
    {
        var number = Number(value) ?? 0;
        var (least, most) = (Number(rules["minimum"]), Number(rules["maximum"]));
        var above = IsTrue(rules["exclusiveMinimum"]) ? least : Number(rules["exclusiveMinimum"]);
        var below = IsTrue(rules["exclusiveMaximum"]) ? most : Number(rules["exclusiveMaximum"]);
        if (number < least)
        {
            Fault(path, $"must be at least {Text(least.Value)}");
        }

        if (number > most)
        {
            Fault(path, $"must be at most {Text(most.Value)}");
        }

        if (number <= above)
        {
            Fault(path, $"must be more than {Text(above.Value)}");
        }

        if (number >= below)
        {
            Fault(path, $"must be less than {Text(below.Value)}");
        }

        if (Number(rules["multipleOf"]) is > 0 and var step)
        {
            var times = number / step;
            if (Math.Abs(times - Math.Round(times)) > 1e-9 * Math.Max(1, Math.Abs(times)))
            {
                Fault(path, $"must be a multiple of {Text(step)}");
            }
        }
    }

    private bool Matches(string pattern, string value, string path)
    {
        if (Patterns.Count >= MostPatterns)
        {
            Patterns.Clear();
        }

        var regex = Patterns.GetOrAdd(pattern, static text =>
        {
            try
            {
                return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
            {
                return null;
            }
        });
        if (regex is null)
        {
            Fault(path, $"its schema has the pattern {pattern}, which needs backtracking or is no regular expression; write it without lookarounds and back references");
            return true;
        }

        return regex.IsMatch(value);
    }

    private void AtLeast(JsonObject rules, string keyword, int count, string path, string what)
    {
        if (Number(rules[keyword]) is { } least && count < least)
        {
            Fault(path, $"must have at least {Text(least)} {what}, but has {count}");
        }
    }

    private void AtMost(JsonObject rules, string keyword, int count, string path, string what)
    {
        if (Number(rules[keyword]) is { } most && count > most)
        {
            Fault(path, $"must have at most {Text(most)} {what}, but has {count}");
        }
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static bool IsWhole(JsonValue number) => Number(number) is { } value && Math.Floor(value) == value;

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
