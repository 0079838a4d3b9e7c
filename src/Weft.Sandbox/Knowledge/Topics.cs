using Weft.Sandbox.Json;

namespace Weft.Sandbox.Knowledge;

/// <summary>Says which of some words a text speaks of. <c>topics.json</c> has the topics: their names, and what gives them away.</summary>
internal static class Topics
{
    private static readonly Lazy<TopicList> Known = new(() => Embedded.Read<TopicList>("scripts/topics"));

    /// <summary>Chooses, and says how sure the choice is, from 0 to 1. Without a clue it is the word for no matter in particular.</summary>
    /// <param name="words">The words to choose among, at least one, such as <c>order_status</c>.</param>
    /// <param name="text">What the choice is about.</param>
    public static (string Value, double Confidence) Choose(IReadOnlyList<string> words, string text)
    {
        var lower = text.ToLowerInvariant().Replace('’', '\'');
        var scores = words.Select(word => Score(word, lower)).ToList();
        var best = scores.Max();
        return best == 0
            ? (words.FirstOrDefault(word => Parts(word).Any(Known.Value.Neutral.Contains)) ?? words[0], 0.72)
            : (words[scores.IndexOf(best)], scores.Count(score => score == best) == 1 ? 0.95 : 0.66);
    }

    private static int Score(string word, string text)
    {
        var parts = Parts(word);
        var topics = Known.Value.Topics.Where(topic => parts.Any(topic.Names.Contains));
        var itself = Says(text, string.Join(' ', parts)) && !parts.Any(Known.Value.Neutral.Contains) ? 1 : 0;
        return topics.Select(topic => topic.Clues.Count(clue => Says(text, clue))).DefaultIfEmpty().Max() + itself;
    }

    private static string[] Parts(string word) => Labels.Key(word).Split('_');

    /// <summary>Whether a text has a clue at the start of a word: "returned" says "return". A short clue is a word of its own.</summary>
    private static bool Says(string text, string clue)
    {
        for (var at = text.IndexOf(clue, StringComparison.Ordinal); at >= 0; at = text.IndexOf(clue, at + 1, StringComparison.Ordinal))
        {
            var end = at + clue.Length;
            if ((clue.Length > 3 || end == text.Length || !char.IsLetter(text[end])) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record TopicList(IReadOnlyList<string> Neutral, IReadOnlyList<Topic> Topics);

    private sealed record Topic(IReadOnlyList<string> Names, IReadOnlyList<string> Clues);
}
