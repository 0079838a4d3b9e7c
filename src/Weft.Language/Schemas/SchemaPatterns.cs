using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Weft.Language.Schemas;

/// <summary>The patterns of schemas, made ready once. They run without backtracking, in time linear in the text.</summary>
internal static class SchemaPatterns
{
    private const int MostPatterns = 512;
    private static readonly ConcurrentDictionary<string, Regex?> Patterns = new(StringComparer.Ordinal);

    /// <summary>The regular expression; null when the pattern is none, or cannot run without backtracking.</summary>
    public static Regex? Find(string pattern)
    {
        if (Patterns.TryGetValue(pattern, out var known))
        {
            return known;
        }

        if (Patterns.Count >= MostPatterns)
        {
            Patterns.Clear();
        }

        return Patterns.GetOrAdd(pattern, Make);
    }

    private static Regex? Make(string pattern)
    {
        try
        {
            return new Regex(EcmaPattern.Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
