using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>The shape of the JSON that a prompt asks for in words: a schema or an example in its text, or a list of names.</summary>
internal static partial class AskedSchema
{
    public static bool WantsJson(Facts facts) => Request().IsMatch(facts.LastUser) || Request().IsMatch(facts.Request.System);

    public static JsonObject From(Facts facts)
    {
        if (Given(facts.Prompt) is { } schema)
        {
            return schema;
        }

        foreach (var text in new[] { facts.LastUser, facts.Prompt })
        {
            if (Names(text) is { } named)
            {
                return named;
            }

            if (JsonFragments.In(text).LastOrDefault(fragment => fragment.Node is JsonObject && Request().IsMatch(fragment.Above + "\n" + fragment.Lead)) is { Node: JsonObject example })
            {
                return FromExample(example);
            }
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["answer"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("answer"),
        };
    }

    /// <summary>A schema in the prompt: one that is called so goes before one that may be a tool's.</summary>
    private static JsonObject? Given(string prompt)
    {
        var schemas = JsonFragments.In(prompt).Where(fragment => fragment.Node.Obj("properties") is not null).ToList();
        var found = schemas.FindLast(fragment => $"{fragment.Above} {fragment.Lead}".Contains("schema", StringComparison.OrdinalIgnoreCase))
            ?? schemas.FindLast(fragment => !fragment.Lead.Contains("parameters", StringComparison.OrdinalIgnoreCase) && !fragment.Lead.Contains("arguments", StringComparison.OrdinalIgnoreCase));
        return found?.Node as JsonObject;
    }

    /// <summary>"Return JSON with: intent, confidence (0-1), entities".</summary>
    private static JsonObject? Names(string text)
    {
        var match = NameList().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var properties = new JsonObject();
        foreach (var item in match.Groups[1].Value.Split([",", ";", " and "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = Name().Match(item);
            if (name.Success)
            {
                properties[name.Value] = Guess(name.Value, item[(name.Index + name.Length)..], text);
            }
        }

        return properties.Count == 0 ? null : Object(properties);
    }

    private static JsonObject Guess(string name, string note, string text)
    {
        var choices = Choices().Match(note) is { Success: true } inline ? inline.Groups[1].Value
            : Regex.Match(text, $@"\b{Regex.Escape(name)}\b\s*(?:is|must be|should be|can be)?\s*(?:one of|in)\s*:?\s*[\[(]?([^\n\])]+)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)) is { Success: true } sentence ? sentence.Groups[1].Value
            : null;
        if (choices is not null)
        {
            var values = choices.Split([",", "|", "/", " or "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(value => value.Trim('"', '\'', '`', '.', ' ')).Where(value => value.Length > 0).ToList();
            if (values.Count > 1)
            {
                return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };
            }
        }

        return name switch
        {
            _ when note.Contains("0-1", StringComparison.Ordinal) || name.Contains("confidence", StringComparison.Ordinal) => new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 },
            "intent" => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("order_status", "return_request", "complaint", "general_inquiry") },
            "sentiment" => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("positive", "neutral", "negative") },
            "entities" or "metadata" or "arguments" or "parameters" => new JsonObject { ["type"] = "object" },
            _ when name.StartsWith("is_", StringComparison.Ordinal) || name.StartsWith("has_", StringComparison.Ordinal) || name is "success" => new JsonObject { ["type"] = "boolean" },
            _ when name.EndsWith("count", StringComparison.Ordinal) || name.EndsWith("score", StringComparison.Ordinal) => new JsonObject { ["type"] = "number" },
            _ when name is "tags" or "keywords" or "recommendations" or "issues" or "key_points" => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            _ => new JsonObject { ["type"] = "string" },
        };
    }

    private static JsonObject FromExample(JsonObject example)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in example)
        {
            properties[name] = Of(value);
        }

        return Object(properties);
    }

    private static JsonObject Of(JsonNode? value) => value switch
    {
        JsonObject fields => FromExample(fields),
        JsonArray items => new JsonObject { ["type"] = "array", ["items"] = items.Count > 0 ? Of(items[0]) : new JsonObject { ["type"] = "string" } },
        _ when value.AsNumber() is not null => new JsonObject { ["type"] = "number" },
        JsonValue flag when flag.TryGetValue<bool>(out _) => new JsonObject { ["type"] = "boolean" },
        _ when value.AsText() is { } text && text.Contains('|') => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. text.Split('|', StringSplitOptions.TrimEntries).Select(choice => (JsonNode)choice)]) },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Object(JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]),
    };

    [GeneratedRegex(@"\b(?:return|respond|reply|answer|output|produce|write|give|emit)\b[^.\n]{0,60}\bjson\b|\bjson\b[^.\n]{0,40}\b(?:only|object|format|schema)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Request();

    [GeneratedRegex(@"\bjson\b[^:\n]{0,40}(?:with|containing|fields|keys|properties)[^:\n]{0,30}:?\s+([A-Za-z_][^\n]*)", RegexOptions.IgnoreCase)]
    private static partial Regex NameList();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"[\(\[]\s*((?:[\w -]+\s*[|/,]\s*)+[\w -]+)\s*[\)\]]")]
    private static partial Regex Choices();
}
