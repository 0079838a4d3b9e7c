namespace Weft.Agents.Search;

/// <summary>
/// Finds texts by their words, best first: BM25 with its usual constants (k1 = 1.2, b = 0.75; Robertson and Zaragoza 2009).
/// </summary>
/// <remarks>Immutable once built; safe for many readers.</remarks>
internal sealed class TextIndex
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private static readonly HashSet<string> StopWords = new(StringComparer.Ordinal)
    {
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "how", "i", "if", "in", "is", "it", "my", "of", "on",
        "or", "so", "that", "the", "their", "this", "to", "was", "we", "what", "when", "where", "which", "will", "with", "you", "your",
    };

    private readonly Dictionary<string, List<(int Text, int Times)>> _postings = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];
    private double _averageLength;

    /// <summary>Gets the number of texts.</summary>
    public int Count => _lengths.Count;

    /// <summary>Builds the index. A text's place in the list is its number in the answers.</summary>
    public static TextIndex Of(IEnumerable<string> texts)
    {
        var index = new TextIndex();
        foreach (var text in texts)
        {
            var words = WordsOf(text);
            var number = index._lengths.Count;
            index._lengths.Add(words.Count);
            foreach (var word in words.GroupBy(w => w, StringComparer.Ordinal))
            {
                if (!index._postings.TryGetValue(word.Key, out var list))
                {
                    index._postings[word.Key] = list = [];
                }

                list.Add((number, word.Count()));
            }
        }

        index._averageLength = index._lengths.Count == 0 ? 1 : Math.Max(1, index._lengths.Average());
        return index;
    }

    /// <summary>The texts that share words with the query, best first; ties in the order of the list.</summary>
    public IReadOnlyList<(int Text, double Score)> Search(string query, int most)
    {
        var scores = new Dictionary<int, double>();
        foreach (var word in WordsOf(query).Distinct(StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(word, out var postings))
            {
                continue;
            }

            var rarity = Math.Log(1 + ((Count - postings.Count + 0.5) / (postings.Count + 0.5)));
            foreach (var (text, times) in postings)
            {
                var norm = times + (K1 * (1 - B + (B * _lengths[text] / _averageLength)));
                scores[text] = scores.GetValueOrDefault(text) + (rarity * times * (K1 + 1) / norm);
            }
        }

        return [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(most).Select(s => (s.Key, s.Value))];
    }

    /// <summary>The words of a text that say something: lower case, without common words, with plural and tense endings off.</summary>
    public static IReadOnlyList<string> WordsOf(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                var word = Stem(text[start..i].ToLowerInvariant());
                if (!StopWords.Contains(word))
                {
                    words.Add(word);
                }

                start = -1;
            }
        }

        return words;
    }

    /// <summary>Takes the commonest English endings off; what is left need be no word, only the same for all forms.</summary>
    private static string Stem(string word)
    {
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word[..^3] + "y";
        }

        if (word.Length > 5 && word.EndsWith("ing", StringComparison.Ordinal))
        {
            return Single(word[..^3]);
        }

        if (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal))
        {
            return Single(word[..^2]);
        }

        if (word.Length > 4 && (word.EndsWith("ses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal)
            || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal)))
        {
            return word[..^2];
        }

        if (word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i'))
        {
            word = word[..^1];
        }

        return word.Length > 4 && word[^1] == 'e' ? word[..^1] : word;
    }

    /// <summary>shipping → ship, tracked → track, returning → return, refunded → refund, creating → creat.</summary>
    private static string Single(string stem) =>
        stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'e' or 'o') ? stem[..^1] : stem;
}
