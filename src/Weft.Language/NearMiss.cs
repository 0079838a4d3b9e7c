namespace Weft.Language;

/// <summary>Finds the name that somebody probably meant, so that an error can offer it.</summary>
/// <remarks>
/// The measure is the Damerau-Levenshtein distance (optimal string alignment). Names that differ only in case or in
/// <c>-</c>, <c>_</c> and spaces count as equal; else a name of up to 2 letters allows no fault, up to 5 letters one, up to 9 two,
/// longer ones three. Ties are broken by ordinal order, so that the same question always has the same answer.
/// </remarks>
public static class NearMiss
{
    private const int LongestCompared = 128;

    /// <summary>The nearest of the known names, or null when none is near enough.</summary>
    public static string? Find(string wanted, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var (name, distance) in Near(wanted, known))
        {
            if (distance < bestDistance || (distance == bestDistance && string.CompareOrdinal(name, best) < 0))
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>A sentence to append to an error, with its leading space: <c> Did you mean 'x'?</c>; empty when nothing is near.</summary>
    public static string Hint(string wanted, IEnumerable<string> known) =>
        Find(wanted, known) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>The nearest name as <see cref="Hint"/> says it, or else the first of the known names: <c> Known: a, b, c.</c></summary>
    /// <param name="wanted">The name that was not found.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="label">The word before the list.</param>
    /// <param name="most">How many names the list shows before an ellipsis.</param>
    public static string HintOrList(string wanted, IEnumerable<string> known, string label = "Known", int most = 8)
    {
        var names = known.Distinct().Order(StringComparer.Ordinal).ToList();
        if (Find(wanted, names) is { } name)
        {
            return $" Did you mean '{name}'?";
        }

        return names.Count == 0 ? "" : $" {label}: {string.Join(", ", names.Take(most))}{(names.Count > most ? ", …" : "")}.";
    }

    /// <summary>The number of letters to add, drop, change or swap with a neighbour to make one text of the other.</summary>
    public static int Distance(string left, string right)
    {
        if (left.Length > LongestCompared || right.Length > LongestCompared)
        {
            return string.Equals(left, right, StringComparison.Ordinal) ? 0 : int.MaxValue;
        }

        var beforePrevious = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    best = Math.Min(best, beforePrevious[j - 2] + 1);
                }

                current[j] = best;
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }

    private static IEnumerable<(string Name, int Distance)> Near(string wanted, IEnumerable<string> known)
    {
        var plain = Plain(wanted);
        if (plain.Length == 0)
        {
            yield break;
        }

        foreach (var name in known)
        {
            var other = Plain(name);
            var allowed = Math.Min(plain.Length, other.Length) switch { <= 2 => 0, <= 5 => 1, <= 9 => 2, _ => 3 };
            if (Math.Abs(plain.Length - other.Length) > allowed)
            {
                continue;
            }

            var distance = Distance(plain, other);
            if (distance <= allowed)
            {
                yield return (name, distance);
            }
        }
    }

    private static string Plain(string name) => name.Replace("-", "").Replace("_", "").Replace(" ", "").ToLowerInvariant();
}
