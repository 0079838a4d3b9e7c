namespace Weft.Language.Expressions.Syntax;

/// <summary>The part of a template's source that an error shows.</summary>
internal static class SourceExcerpt
{
    private const int Longest = 120;

    /// <summary>The tag around an offset, or the source itself where it is one expression.</summary>
    public static string Around(string source, int offset)
    {
        if (source.Length == 0)
        {
            return "";
        }

        var at = Math.Clamp(offset, 0, source.Length - 1);
        var start = Math.Max(source.LastIndexOf("{{", Math.Min(at + 1, source.Length - 1), StringComparison.Ordinal),
            source.LastIndexOf("{%", Math.Min(at + 1, source.Length - 1), StringComparison.Ordinal));
        if (start < 0)
        {
            return source.Contains("{{", StringComparison.Ordinal) || source.Contains("{%", StringComparison.Ordinal)
                ? ""
                : Cut(source);
        }

        var close = source[start + 1] == '{' ? "}}" : "%}";
        var end = source.IndexOf(close, Math.Max(start + 2, Math.Min(at, source.Length)), StringComparison.Ordinal);
        return Cut(end < 0 ? source[start..] : source[start..(end + 2)]);
    }

    private static string Cut(string text) => text.ReplaceLineEndings(" ").Clip(Longest);
}
