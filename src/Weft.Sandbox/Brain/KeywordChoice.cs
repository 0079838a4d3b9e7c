using System.Text.RegularExpressions;

namespace Weft.Sandbox.Brain;

/// <summary>Chooses among the words of an enum by what a text says.</summary>
internal static partial class KeywordChoice
{
    /// <summary>Clues and the word groups they speak for. A clue weighs 3, a strong one (marked <c>!</c>) 4, a weak one (<c>?</c>) 1.</summary>
    private static readonly (string[] Meanings, string[] Clues)[] Groups =
    [
        (["return", "refund", "exchange", "damaged"], ["return!", "refund!", "damaged!", "broken", "defective", "exchange", "send back", "money back", "wrong item", "wrong size", "cracked"]),
        (["order_status", "status", "tracking", "shipping", "delivery", "order"], ["where is", "where's", "track", "status", "arrive?", "arrived?", "delivery", "delivered", "shipped", "shipping", "when will", "package", "parcel", "eta", "hasn't come"]),
        (["complaint", "negative", "angry"], ["angry!", "terrible!", "complaint!", "complain!", "unacceptable!", "awful!", "worst!", "horrible!", "disappointed", "furious!", "ridiculous!", "disgusting!", "never again", "rude!", "scam!", "upset", "fed up"]),
        (["technical", "bug", "technology", "engineering"], ["error", "bug", "crash", "crashes", "crashing", "login", "log in", "not working", "doesn't work", "install", "api", "timeout", "password", "cannot connect", "can't connect", "server", "exception", "500", "slow", "integration", "app", "freez", "screen", "database"]),
        (["billing", "payment", "finance", "invoice"], ["invoice!", "charge", "charged!", "payment", "billing!", "bill!", "subscription", "credit card", "refund?", "price?", "overcharged!", "paid?", "account balance"]),
        (["escalation", "escalate", "human", "legal"], ["lawyer!", "legal action!", "manager", "supervisor", "speak to a human!", "real person!", "sue!", "escalate!"]),
        (["sales"], ["buy", "purchase", "discount", "pricing", "quote", "demo", "upgrade"]),
        (["critical", "urgent"], ["urgent!", "immediately!", "asap!", "outage!", "production", "emergency!", "critical!", "right now", "data loss!", "is down!"]),
        (["high"], ["unacceptable", "angry", "terrible", "damaged", "furious", "high priority!", "broken", "lawyer", "important", "worst", "asap?"]),
        (["low"], ["no rush!", "whenever", "minor", "just wondering", "curious", "low priority!", "typo"]),
        (["positive", "happy", "praise"], ["great", "love", "excellent", "thank", "happy", "amazing", "wonderful", "perfect", "fantastic", "good?"]),
        (["negative", "unhappy", "angry"], ["bad", "hate", "poor", "terrible", "awful", "worst", "broken", "disappointed", "angry", "unacceptable", "damaged"]),
        (["specialist", "senior", "expert"], ["database", "production", "api", "integration", "security", "architecture", "data loss", "outage", "crash"]),
        (["junior", "basic"], ["password", "how do i", "reset", "simple", "basic"]),
    ];

    private static readonly string[] Neutral = ["general_inquiry", "general", "other", "neutral", "normal", "medium", "default", "unknown", "inquiry", "moderate", "senior", "mixed", "none"];

    /// <summary>Words of names that say nothing where they stand in a text.</summary>
    private static readonly string[] Common = ["order", "request", "inquiry", "customer", "support", "agent", "response", "handle", "issue"];

    /// <summary>Chooses, and says how sure the choice is, from 0 to 1.</summary>
    /// <param name="values">The words to choose among, at least one.</param>
    /// <param name="text">What the choice is about.</param>
    /// <param name="prompt">The whole prompt: lines such as <c>- billing: invoices and refunds</c> say what a word stands for.</param>
    public static (string Value, double Confidence) Choose(IReadOnlyList<string> values, string text, string prompt)
    {
        var lower = text.ToLowerInvariant().Replace('’', '\'');
        var scores = values.Select(value => Score(value, lower, prompt)).ToList();
        var best = scores.Max();
        if (best < 1)
        {
            var neutral = Array.Find(Neutral, word => values.Contains(word, StringComparer.OrdinalIgnoreCase));
            var fallback = neutral is null ? values[0] : values.First(value => value.Equals(neutral, StringComparison.OrdinalIgnoreCase));
            return (fallback, 0.72);
        }

        var chosen = values[scores.IndexOf(best)];
        var second = scores.Where((_, i) => values[i] != chosen).DefaultIfEmpty(0).Max();
        return (chosen, best >= second + 2 ? 0.95 : best > second ? 0.85 : 0.66);
    }

    private static double Score(string value, string text, string prompt)
    {
        var words = Words.Of(value);
        var score = 0.0;
        foreach (var (meanings, clues) in Groups)
        {
            if (meanings.Contains(Labels.Key(value)) || words.Any(word => word.Length > 3 && meanings.Contains(word) && !(word == "order" && words.Count == 1)))
            {
                score = Math.Max(score, clues.Sum(clue => Weight(clue, text)));
            }
        }

        score += 2.5 * words.Count(word => word.Length > 3 && !Neutral.Contains(word) && !Common.Contains(word) && Says(text, word));
        if (Description(value, prompt) is { } description)
        {
            score += Words.Of(description).Where(word => word.Length > 3 && !Words.IsFiller(word)).Distinct(StringComparer.Ordinal).Count(word => Says(text, Words.Stem(word)));
        }

        return score;
    }

    private static double Weight(string clue, string text)
    {
        var strength = clue[^1] switch { '!' => 4, '?' => 1, _ => 3 };
        return Says(text, clue.TrimEnd('!', '?')) ? strength : 0;
    }

    /// <summary>Whether the text has the clue at the start of a word: "returned" says "return", "reservation" does not say "serv".</summary>
    private static bool Says(string text, string clue)
    {
        for (var at = text.IndexOf(clue, StringComparison.Ordinal); at >= 0; at = text.IndexOf(clue, at + 1, StringComparison.Ordinal))
        {
            var end = at + clue.Length;
            var whole = clue.Length > 3 || end == text.Length || !char.IsLetter(text[end]);
            if (whole && (at == 0 || !char.IsLetterOrDigit(text[at - 1])))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Description(string value, string prompt)
    {
        foreach (var line in prompt.Split('\n'))
        {
            var match = Entry().Match(line);
            if (match.Success && match.Groups[1].Value.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return match.Groups[2].Value;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\s*(?:[-*•]|\d+[.)])\s+[`""*]*([\w.-]+)[`""*]*\s*(?:\([^)]*\))?\s*[:–—-]\s*(.+)$")]
    private static partial Regex Entry();
}
