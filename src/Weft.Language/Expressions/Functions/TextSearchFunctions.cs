using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>What texts hold: parts, patterns, places.</summary>
internal static class TextSearchFunctions
{
    private const int MostPatterns = 256;
    private const int LongestPattern = 2000;
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public static IReadOnlyList<Function> All { get; } =
    [
        new("contains", "value, part", "Whether a text has the part, a list the item, an object the name. Go form: `contains part text`.",
            a => Value.Of(Membership.Contains(a.Context, a[0], a[1]))) { Order = GoOrder.ValueLast },
        new("hasPrefix", "text, prefix", "Whether the text begins so. Go form: `hasPrefix prefix text`.",
            a => Value.Of(a.Text(0).StartsWith(a.Text(1), StringComparison.Ordinal)))
            { Order = GoOrder.ValueLast, Aliases = ["startswith", "starts_with", "startsWith"] },
        new("hasSuffix", "text, suffix", "Whether the text ends so. Go form: `hasSuffix suffix text`.",
            a => Value.Of(a.Text(0).EndsWith(a.Text(1), StringComparison.Ordinal)))
            { Order = GoOrder.ValueLast, Aliases = ["endswith", "ends_with", "endsWith"] },
        new("find", "value, part", "The place of a part in a text, or of an item in a list, from 0; -1 when it has none.",
            Find) { Aliases = ["indexOf"] },
        new("countOf", "value, part", "How often a text has the part, or a list the item.", CountOf),
        new("regexMatch", "text, pattern", "Whether the text has a match of the pattern. Go form: `regexMatch pattern text`.",
            a => Value.Of(Run(a, 1, x => x.IsMatch(a.Text(0)))))
            { Order = GoOrder.ValueLast, Aliases = ["regex_match", "regex_search", "matches"] },
        new("regexFind", "text, pattern", "The first match of the pattern, or the empty text. Go form: `regexFind pattern text`.",
            a => Value.Of(Run(a, 1, x => x.Match(a.Text(0)).Value))) { Order = GoOrder.ValueLast },
        new("regexFindAll", "text, pattern, most?",
            "The matches of the pattern, at most `most`. Go form: `regexFindAll pattern text most`.",
            FindAll) { Order = GoOrder.ValueSecond, Aliases = ["regex_findall"] },
        new("regexGroups", "text, pattern",
            "The groups of the first match as a list, or as an object when they have names; null without a match.", Groups),
        new("regexReplace", "text, pattern, replacement",
            "With each match replaced; `$1` and `${name}` are its groups. Go form: `regexReplaceAll pattern text replacement`.",
            a => Value.OfData(Run(a, 1, x => Replaced(a, x))))
            { Order = GoOrder.ValueSecond, Aliases = ["regexReplaceAll", "regex_replace"] },
        new("regexSplit", "text, pattern", "The parts between the matches. Go form: `regexSplit pattern text`.",
            a => Value.Of(Run(a, 1, x => x.Split(a.Text(0)).Select(Value.Of).ToArray()))) { Order = GoOrder.ValueSecond },
        new("regexEscape", "text", "With the characters that mean something in a pattern escaped.",
            a => Value.Of(Regex.Escape(a.Text(0)))) { Aliases = ["regexQuoteMeta"] },
        new("isdigit", "text", "Whether it has digits only, and at least one.", a => Value.Of(Every(a.Text(0), char.IsDigit))),
        new("isalpha", "text", "Whether it has letters only, and at least one.", a => Value.Of(Every(a.Text(0), char.IsLetter))),
        new("isalnum", "text", "Whether it has letters and digits only, and at least one.",
            a => Value.Of(Every(a.Text(0), char.IsLetterOrDigit))),
        new("isspace", "text", "Whether it has white space only, and at least one.", a => Value.Of(Every(a.Text(0), char.IsWhiteSpace))),
        new("isupper", "text", "Whether all its letters are capitals, and it has one.",
            a => Value.Of(a.Text(0).Any(char.IsUpper) && !a.Text(0).Any(char.IsLower))),
        new("islower", "text", "Whether all its letters are small, and it has one.",
            a => Value.Of(a.Text(0).Any(char.IsLower) && !a.Text(0).Any(char.IsUpper))),
    ];

    private static bool Every(string text, Func<char, bool> holds) => text.Length > 0 && text.All(holds);

    private static Value Find(Arguments a)
    {
        if (a[0].IsList)
        {
            return Value.Of((long)Array.FindIndex(a.Items(0), x => ValueOrder.Same(x, a.All[1], a.Context.Budget)));
        }

        var text = a.Text(0);
        var at = text.IndexOf(a.Text(1), StringComparison.Ordinal);
        return Value.Of(at < 0 ? -1L : CodePoints.Count(text[..at]));
    }

    private static Value CountOf(Arguments a)
    {
        if (a[0].IsList)
        {
            return Value.Of((long)a.Items(0).Count(x => ValueOrder.Same(x, a.All[1], a.Context.Budget)));
        }

        var part = a.Text(1);
        return Value.Of(part.Length == 0 ? CodePoints.Count(a.Text(0)) + 1L : a.Text(0).AsSpan().Count(part));
    }

    private static Value FindAll(Arguments a)
    {
        var most = a.Integer(2, -1);
        var found = Run(a, 1,
            x => x.Matches(a.Text(0)).Take(most < 0 ? int.MaxValue : (int)Math.Min(most, int.MaxValue)).Select(m => Value.Of(m.Value))
                .ToArray());
        a.Context.AllowItems(found.Length);
        return Value.Of(found);
    }

    private static Value Groups(Arguments a) => Run(a, 1, regex =>
    {
        var match = regex.Match(a.Text(0));
        if (!match.Success)
        {
            return Value.Null;
        }

        string[] names = [.. regex.GetGroupNames().Where(x => !char.IsAsciiDigit(x[0]))];
        if (names.Length == 0)
        {
            return Value.Of(match.Groups.Values.Skip(1).Select(Text).ToArray());
        }

        var groups = new MapValue();
        foreach (var name in names)
        {
            groups[name] = Text(match.Groups[name]);
        }

        return Value.Of(groups);

        static Value Text(Group group) => group.Success ? Value.Of(group.Value) : Value.Null;
    });

    private static string Replaced(Arguments a, Regex regex)
    {
        var replacement = a.Text(2);
        var length = 0L;
        return regex.Replace(a.Text(0), match =>
        {
            var text = match.Result(replacement);
            length += text.Length;
            a.Context.AllowText(length);
            return text;
        });
    }

    private static T Run<T>(Arguments a, int index, Func<Regex, T> use)
    {
        var pattern = a.Text(index);
        a.Context.Budget.Spend((long)a.Text(0).Length * (1 + (pattern.Length / 16)) / 8);
        return use(Compile(a, pattern));
    }

    // Without backtracking the time is linear in the text; the budget counts the text, so that no clock is needed.
    private static Regex Compile(Arguments a, string pattern)
    {
        if (Patterns.TryGetValue(pattern, out var known))
        {
            return known;
        }

        if (pattern.Length > LongestPattern)
        {
            throw a.Fault($"A pattern may have {LongestPattern} characters, not {pattern.Length}.", TemplateErrorCodes.Limit);
        }

        try
        {
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (Patterns.Count < MostPatterns)
            {
                Patterns[pattern] = regex;
            }

            return regex;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw a.Fault($"The pattern can't be used: {exception.Message}");
        }
    }
}
