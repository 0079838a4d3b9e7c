using System.Text.RegularExpressions;

namespace Weft.Sandbox.Brain;

/// <summary>Words, their stems, and what verbs ask for.</summary>
internal static partial class Words
{
    private static readonly HashSet<string> Fillers =
    [
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he",
        "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "please", "she", "should", "so",
        "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "up", "us", "was", "we", "were", "what", "when", "where",
        "which", "who", "why", "will", "with", "would", "you", "your",
    ];

    private static readonly Dictionary<string, VerbClass> Verbs = Table(
        (VerbClass.Read, "get fetch retrieve find search list check verify look lookup read query view show count determine where what which when see load pull track validate inspect verify_that"),
        (VerbClass.Send, "send email notify message post tell alert inform mail reply forward announce ping"),
        (VerbClass.Create, "create open make generate add issue start initiate register file book schedule raise produce print set_up process submit return upload"),
        (VerbClass.Update, "update change set mark edit modify patch put assign move rename"),
        (VerbClass.Remove, "delete remove cancel archive close revoke"),
        (VerbClass.Refund, "refund reimburse"),
        (VerbClass.Say, "provide write answer respond summarize summarise explain analyze analyse assess compose think handle decide consider classify describe evaluate recommend suggest greet apologize say judge rate reason"));

    private static readonly string[][] Synonyms =
    [
        ["email", "mail", "gmail", "e-mail"],
        ["message", "notification", "notify", "alert", "msg", "chat"],
        ["info", "information", "details", "detail"],
        ["tracking", "track", "shipment"],
        ["label", "slip"],
        ["issue", "ticket", "bug"],
        ["refund", "reimburse"],
        ["customer", "client", "buyer"],
        ["product", "item"],
    ];

    /// <summary>The words of a text in lower case; names in snake_case and CamelCase fall apart.</summary>
    public static IReadOnlyList<string> Of(string text) => [.. Word().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    public static bool IsFiller(string word) => Fillers.Contains(word);

    public static VerbClass ClassOf(string word) => Verbs.TryGetValue(word, out var found) || Verbs.TryGetValue(Stem(word), out found) ? found : VerbClass.None;

    /// <summary>A crude stem: enough to see that "tracking" and "track" are one.</summary>
    public static string Stem(string word)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s"])
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal) && !word.EndsWith("ss", StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }

    public static bool Same(string left, string right)
    {
        if (left == right || Stem(left) == Stem(right))
        {
            return true;
        }

        var shorter = left.Length < right.Length ? left : right;
        var longer = left.Length < right.Length ? right : left;
        return (shorter.Length >= 4 && longer.StartsWith(shorter, StringComparison.Ordinal))
            || Array.Exists(Synonyms, group => group.Contains(left) && group.Contains(right));
    }

    private static Dictionary<string, VerbClass> Table(params (VerbClass Class, string Verbs)[] rows) =>
        rows.SelectMany(row => row.Verbs.Split(' ').Select(verb => (verb, row.Class))).ToDictionary(pair => pair.verb, pair => pair.Class);

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+(?:'[a-z]+)?|[0-9]+")]
    private static partial Regex Word();
}

/// <summary>What a verb asks of a tool.</summary>
internal enum VerbClass { None, Read, Send, Create, Update, Remove, Refund, Say }
