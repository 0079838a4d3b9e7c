using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Weft.EndToEnd.Wording;

/// <summary>
/// Says the product's own prompts in other words: each letter of theirs becomes another, and the rest of a request stays as it is.
/// </summary>
internal static class Reworded
{
    /// <summary>
    /// Gets every text that the product's agents and model calls say to models, longest first, so that none is part of one before it.
    /// </summary>
    public static IReadOnlyList<string> Prompts { get; } =
    [
        .. new[] { typeof(Weft.Workflows.Agents.Prompts), typeof(Weft.Agents.Models.Calls.Prompts) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!).OrderByDescending(text => text.Length),
    ];

    /// <summary>Rewords the texts of a model's request.</summary>
    /// <param name="request">Its body.</param>
    /// <param name="met">Gets the prompts that were in it.</param>
    public static JsonNode? Of(JsonNode? request, ConcurrentDictionary<string, bool> met) => request switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value, met)))),
        JsonArray items => new JsonArray([.. items.Select(item => Of(item, met))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Of(text, met),
        _ => request?.DeepClone(),
    };

    private static string Of(string text, ConcurrentDictionary<string, bool> met)
    {
        foreach (var prompt in Prompts.Where(prompt => text.Contains(prompt, StringComparison.Ordinal)))
        {
            met[prompt] = true;
            text = text.Replace(prompt, InOtherLetters(prompt), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The services refuse JSON mode where a prompt does not name JSON: that word stays.</summary>
    private static string InOtherLetters(string prompt) =>
        string.Join("JSON", prompt.Split("JSON").Select(part => new string([.. part.Select(Other)])));

    private static char Other(char letter) =>
        char.IsAsciiLetterLower(letter) ? (char)('a' + ((letter - 'a' + 13) % 26))
        : char.IsAsciiLetterUpper(letter) ? (char)('A' + ((letter - 'A' + 13) % 26))
        : letter;
}
