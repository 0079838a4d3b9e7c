using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Json;

/// <summary>Fills the <c>${name}</c> of data with values; <c>${name?other name|else}</c> says what to do without.</summary>
/// <remarks>What needs a value that nobody knows is left out.</remarks>
/// <param name="find">Finds a value by its name.</param>
/// <param name="later">Stands in for a value that only a later step knows; it may say null, too.</param>
internal sealed class Wording(Func<string, JsonNode?> find, Func<string, string?> later)
{
    public Wording(Func<string, JsonNode?> find)
        : this(find, _ => null)
    {
    }

    /// <summary>The sentences that can be said, as one text. A service's words, such as <c>in_transit</c>, are said as people do.</summary>
    public string Say(IEnumerable<string> sentences) =>
        string.Join(' ', sentences.Select(sentence => Text(sentence, spoken: true)).OfType<string>());

    /// <summary>The document with its values; <c>{"$each": …, "$as": …}</c> is a list of <c>$as</c>, one for each <c>item</c>.</summary>
    public JsonNode? Fill(JsonNode? template)
    {
        switch (template)
        {
            case JsonObject each when each.ContainsKey("$each"):
                return new JsonArray([.. (Fill(each["$each"]) as JsonArray ?? []).Select(item => For(item).Fill(each["$as"]))]);
            case JsonObject members:
                var filled = members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value)));
                return new JsonObject(filled.Where(member => member.Value is not null));
            case JsonArray items:
                return new JsonArray([.. items.SelectMany(Items).OfType<JsonNode>()]);
            default:
                return template.AsText() is not { } text ? template?.DeepClone()
                    : text is ['$', '{', .. var place, '}'] && !place.Contains('}', StringComparison.Ordinal) ? Whole(place)
                    : Text(text, spoken: false);
        }
    }

    public string? Text(JsonNode? template) => Shown(Fill(template));

    /// <summary>Whether every condition holds: a pattern, several of which one must fit, or null for a value that nobody knows.</summary>
    public bool Holds(JsonObject conditions) => conditions.All(condition => condition.Value is null
        ? Shown(find(condition.Key)) is not { Length: > 0 }
        : Fill(condition.Value) is { } pattern && Fits(find(condition.Key), pattern));

    /// <summary>Whether a known value fits: wildcards, <c>!</c> and what it must not fit, or a bound (<c>&lt;3</c>).</summary>
    public static bool Fits(JsonNode? value, JsonNode pattern) => pattern is JsonArray several
        ? several.Any(one => one is not null && Fits(value, one))
        : Shown(value) is { Length: > 0 } text && Shown(pattern) switch
        {
            ['!', .. var other] => !FileSystemName.MatchesSimpleExpression(other, text, ignoreCase: true),
            ['<', .. var bound] => Compare(text, bound) < 0,
            ['>', .. var bound] => Compare(text, bound) > 0,
            var plain => FileSystemName.MatchesSimpleExpression(plain, text, ignoreCase: true),
        };

    private static int Compare(string text, string bound) =>
        Number(text) is { } left && Number(bound) is { } right ? left.CompareTo(right) : string.CompareOrdinal(text, bound);

    private Wording For(JsonNode? item)
    {
        var scope = new JsonObject { ["item"] = item?.DeepClone() };
        return new Wording(name => name.Split('.')[0] == "item" ? scope.At(name) : find(name), later);
    }

    /// <summary>A value that is a list stands for its items.</summary>
    private IEnumerable<JsonNode?> Items(JsonNode? template) =>
        Fill(template) is var item && item is JsonArray many && template is JsonValue ? many.Select(one => one?.DeepClone()) : [item];

    /// <summary>A template that is one value keeps the value's type.</summary>
    private JsonNode? Whole(string place) => Names(place).Select(find).OfType<JsonNode>().FirstOrDefault()?.DeepClone()
        ?? (JsonNode?)later(Names(place)[0]) ?? (Other(place) is { } other ? Literal(other) : null);

    /// <summary>A number or a truth is one in a document, too.</summary>
    private static JsonNode Literal(string text) => bool.TryParse(text, out var truth) ? truth : Number(text) is { } number ? number : text;

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Text(string template, bool spoken)
    {
        var text = new StringBuilder();
        var at = 0;
        while (Opening(template, at) is >= 0 and var open && template.IndexOf('}', open) is > 0 and var close)
        {
            var place = template[(open + 2)..close];
            var known = Names(place).Select(name => Shown(find(name))).FirstOrDefault(known => known is { Length: > 0 });
            var value = known ?? later(Names(place)[0]) ?? Other(place);
            if (value is null)
            {
                return null;
            }

            var isWord = spoken && value.All(c => char.IsAsciiLetterLower(c) || c == '_');
            text.Append(template, at, open - at).Append(isWord ? value.Replace('_', ' ') : value);
            at = close + 1;
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    private static int Opening(string template, int at) => template.IndexOf("${", at, StringComparison.Ordinal);

    private static string? Shown(JsonNode? value) => value is null ? null : value.AsScalarText() ?? SandboxJson.Text(value);

    private static string[] Names(string place) => place.Split('|')[0].Split('?');

    private static string? Other(string place) => place.Split('|', 2) is [_, var other] ? other : null;
}
