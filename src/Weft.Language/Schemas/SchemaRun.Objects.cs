using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>The keywords that ask about the members of an object.</summary>
internal sealed partial class SchemaRun
{
    private static readonly string[] Dependents = ["dependentRequired", "dependentSchemas", "dependencies"];

    private void CheckObject(JsonObject rules, JsonObject value, Evaluated? seen)
    {
        if (_known.HasFlag(KeywordGroups.Validation) && rules["required"] is JsonArray required)
        {
            foreach (var name in required.Select(x => x?.ToString() ?? "").Where(x => !value.ContainsKey(x)))
            {
                Fault($"lacks the required member '{name}'"
                    + (NearMiss.Find(name, value.Select(x => x.Key)) is { } near ? $" (it has '{near}')" : ""));
            }
        }

        CheckMembers(rules, value, seen);
        AtLeast(rules, "minProperties", value.Count, "members");
        AtMost(rules, "maxProperties", value.Count, "members");
        if (rules.TryGetPropertyValue("propertyNames", out var names))
        {
            foreach (var (name, _) in value)
            {
                if (!Fits(names, JsonValue.Create(name), null))
                {
                    Fault($"has a member with the name '{name}', which 'propertyNames' excludes");
                }
            }
        }

        foreach (var keyword in Dependents)
        {
            if (rules[keyword] is JsonObject dependents)
            {
                CheckDependents(dependents, value, seen);
            }
        }

        if (rules.TryGetPropertyValue("unevaluatedProperties", out var unevaluated))
        {
            foreach (var (name, member) in value.Where(x => seen is null || !seen.Has(x.Key)))
            {
                CheckRest(unevaluated, name, member, rules);
            }

            seen?.AddAll();
        }
    }

    private void CheckMembers(JsonObject rules, JsonObject value, Evaluated? seen)
    {
        var properties = rules["properties"] as JsonObject;
        var patterns = rules["patternProperties"] as JsonObject;
        var hasRest = rules.TryGetPropertyValue("additionalProperties", out var rest);
        if (properties is null && patterns is null && !hasRest)
        {
            return;
        }

        foreach (var (name, member) in value)
        {
            var known = false;
            if (properties is not null && properties.TryGetPropertyValue(name, out var property))
            {
                known = true;
                Inside(name, property, member);
            }

            known |= patterns is not null && CheckPatterns(patterns, name, member);
            if (!known && hasRest)
            {
                known = true;
                CheckRest(rest, name, member, rules);
            }

            if (known)
            {
                seen?.Add(name);
            }
        }
    }

    private bool CheckPatterns(JsonObject patterns, string name, JsonNode? member)
    {
        var matched = false;
        foreach (var (pattern, schema) in patterns)
        {
            if (Matches(pattern, name))
            {
                matched = true;
                Inside(name, schema, member);
            }
        }

        return matched;
    }

    private void CheckRest(JsonNode? rest, string name, JsonNode? member, JsonObject rules)
    {
        if (rest is JsonValue closed && closed.TryGetValue<bool>(out var open) && !open)
        {
            var known = (rules["properties"] as JsonObject)?.Select(x => x.Key) ?? [];
            Fault($"has the member '{name}', which the schema does not know.{NearMiss.Hint(name, known)}");
        }
        else
        {
            Inside(name, rest, member);
        }
    }

    private void CheckDependents(JsonObject dependents, JsonObject value, Evaluated? seen)
    {
        foreach (var (name, needs) in dependents)
        {
            if (!value.ContainsKey(name))
            {
                continue;
            }

            if (needs is not JsonArray names)
            {
                Check(needs, value, seen);
                continue;
            }

            foreach (var needed in names.Select(x => x?.ToString() ?? "").Where(x => !value.ContainsKey(x)))
            {
                Fault($"has '{name}', and so needs '{needed}'");
            }
        }
    }
}
