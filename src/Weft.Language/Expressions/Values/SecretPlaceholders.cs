using System.Text;
using System.Text.Json.Nodes;

namespace Weft.Language.Expressions.Values;

/// <summary>
/// The marks that stand for secrets from the moment a template reads <c>env.NAME</c> until an activity puts the value in,
/// right before the wire.
/// </summary>
/// <remarks>
/// A mark is <c>U+FDD0 env:NAME U+FDD1</c>, or <c>U+FDD0 env:NAME=text U+FDD1</c> where the template gave a default. The two
/// noncharacters are not for interchange (Unicode 16, 23.7), and data that brings them has them replaced by U+FFFD when a
/// template reads it: no data can forge a mark.
/// </remarks>
public static class SecretPlaceholders
{
    internal const char Open = '\uFDD0';
    internal const char Close = '\uFDD1';
    private const string Prefix = "\uFDD0env:";

    /// <summary>Whether a text holds a mark.</summary>
    public static bool Contains(string? text) => text is not null && text.Contains(Open);

    /// <summary>Whether any text in a tree, names of members included, holds a mark.</summary>
    public static bool Contains(JsonNode? node) => node switch
    {
        JsonObject json => json.Any(x => Contains(x.Key) || Contains(x.Value)),
        JsonArray array => array.Any(Contains),
        JsonValue value when value.TryGetValue<string>(out var text) => Contains(text),
        _ => false,
    };

    /// <summary>The names of the variables that a text asks for, each once, in order.</summary>
    public static IReadOnlyList<string> Names(string? text)
    {
        var names = new List<string>();
        if (text is not null)
        {
            Replace(text, (name, _) =>
            {
                if (!names.Contains(name, StringComparer.Ordinal))
                {
                    names.Add(name);
                }

                return "";
            });
        }

        return names;
    }

    /// <summary>The names of the variables that any text in a tree asks for, each once.</summary>
    public static IReadOnlyList<string> Names(JsonNode? node) =>
        [.. Texts(node).SelectMany(x => Names(x)).Distinct(StringComparer.Ordinal)];

    /// <summary>Puts the values in the place of the marks.</summary>
    /// <param name="text">The text; null stays null.</param>
    /// <param name="resolve">The value of a name, or null when it is not set.</param>
    /// <param name="toSet">The name to tell of one that is not set; null: that name.</param>
    /// <exception cref="WeftException">A name is not set and has no default (code <c>secret_not_set</c>).</exception>
    public static string? Substitute(string? text, Func<string, string?> resolve, Func<string, string>? toSet = null) =>
        !Contains(text) ? text
            : Replace(text!,
                (name, fallback) => resolve(name) ?? fallback ?? throw NotSet(toSet?.Invoke(name) ?? name)); // Contains says it is there

    /// <summary>Puts the values in the place of the marks in every text of a tree.</summary>
    /// <returns>The node itself when it holds no mark, else a new tree.</returns>
    /// <inheritdoc cref="Substitute(string?, Func{string, string?}, Func{string, string}?)" path="/param"/>
    /// <inheritdoc cref="Substitute(string?, Func{string, string?}, Func{string, string}?)" path="/exception"/>
    public static JsonNode? Substitute(JsonNode? node, Func<string, string?> resolve, Func<string, string>? toSet = null) =>
        Contains(node) ? Rebuild(node, text => Substitute(text, resolve, toSet)) : node;

    /// <summary>The first name of a text that has neither a value nor a default; null: there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="resolve">The value of a name, or null when it is not set.</param>
    public static string? FirstUnset(string? text, Func<string, string?> resolve)
    {
        string? unset = null;
        if (Contains(text))
        {
            Replace(text!, (name, fallback) => resolve(name) ?? fallback ?? Note(name)); // Contains says it is there
        }

        return unset;

        string Note(string name)
        {
            unset ??= name;
            return "";
        }
    }

    internal static string Mark(string name) => $"{Prefix}{name}{Close}";

    /// <summary>Adds a default to a text that is one mark without one; null when it is not.</summary>
    internal static string? WithDefault(string mark, string text) =>
        IsMark(mark) && !mark.Contains('=') && !text.AsSpan().ContainsAny(Open, Close) ? $"{mark[..^1]}={text}{Close}" : null;

    internal static bool IsMark(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.IndexOf(Close) == text.Length - 1;

    internal static string Clean(string text) =>
        text.AsSpan().ContainsAny(Open, Close) ? text.Replace(Open, '\uFFFD').Replace(Close, '\uFFFD') : text;

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(x => Texts(x.Value).Prepend(x.Key)),
        JsonArray array => array.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static JsonNode? Rebuild(JsonNode? node, Func<string, string?> substitute)
    {
        switch (node)
        {
            case JsonObject json:
                var members = new JsonObject();
                foreach (var (name, member) in json)
                {
                    members[substitute(name)!] = Rebuild(member, substitute); // a name is never null
                }

                return members;
            case JsonArray array:
                return new JsonArray([.. array.Select(x => Rebuild(x, substitute))]);
            case JsonValue value when value.TryGetValue<string>(out var text):
                return JsonValue.Create(substitute(text));
            default:
                return node?.DeepClone();
        }
    }

    private static string Replace(string text, Func<string, string?, string> value)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var start = text.IndexOf(Prefix, at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf(Close, start);
            if (end < 0)
            {
                break;
            }

            var mark = text[(start + Prefix.Length)..end];
            var split = mark.IndexOf('=');
            result.Append(text, at, start - at).Append(split < 0 ? value(mark, null) : value(mark[..split], mark[(split + 1)..]));
            at = end + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static WeftException NotSet(string name) => new(
        "secret_not_set",
        Fault.NotSetUp,
        $"The workflow reads 'env.{name}', which is not set here. Set the variable {name}, store it in the vault, or write "
        + $"'env.{name} | default(…)'.");
}
