using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Agents;

/// <summary>How values are shown to a model.</summary>
internal static class ModelText
{
    /// <summary>The most characters of one tool's answer that a model is shown: about 6,000 tokens.</summary>
    public const int LongestObservation = 24_000;

    /// <summary>The most characters of all context that a model is shown.</summary>
    public const int LongestContext = 16_000;

    private const int LongestContextValue = 4_000;

    /// <summary>A value as text: a string as it is, anything else as JSON.</summary>
    public static string Of(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(WeftJson.Options),
    };

    /// <summary>The beginning of a text, with a note on how much is missing.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return $"{text.AsSpan(0, end)}\n[Cut: {text.Length - end} more characters. Ask for less, or for a part of it.]";
    }

    /// <summary>What an agent may know besides its task, as a JSON block; empty when there is nothing.</summary>
    public static string OfContext(JsonObject? values)
    {
        if (values is null || values.Count == 0)
        {
            return "";
        }

        var shown = new JsonObject();
        var length = 0;
        var left = new List<string>();
        foreach (var (name, value) in values)
        {
            var text = Readable(value);
            if (length + text.Length > LongestContext)
            {
                left.Add(name);
                continue;
            }

            length += text.Length + name.Length;
            shown[name] =
                text.Length <= LongestContextValue && !PayloadReference.IsIn(value) ? value?.DeepClone() : Cut(text, LongestContextValue);
        }

        var note = left.Count == 0 ? "" : $"\n(Left out for length: {string.Join(", ", left)}.)";
        return $"{Prompts.Context}```json\n{shown.ToJsonString(WeftJson.Indented)}\n```{note}";
    }

    /// <summary>The text of an answer or a prompt that lies in the history; null when it is stored elsewhere.</summary>
    public static string? Inline(JsonNode? content) => content switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ when PayloadReference.HashOf(content) is not null => null,
        _ => content.ToJsonString(WeftJson.Options),
    };

    private static string Readable(JsonNode? value) =>
        PayloadReference.HashOf(value) is null ? Of(value)
            : $"{value!["preview"]}… ({value["bytes"]} bytes in all)"; // a hash has its reference
}
