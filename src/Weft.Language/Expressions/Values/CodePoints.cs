namespace Weft.Language.Expressions.Values;

/// <summary>Texts measured and cut in Unicode code points, so that no character is ever cut in half.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                count--;
            }
        }

        return count;
    }

    /// <summary>Whether each character is one UTF-16 unit, so that positions need no counting.</summary>
    public static bool AreUnits(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    /// <summary>The characters, each as a text of its own.</summary>
    public static List<string> Split(string text)
    {
        var characters = new List<string>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            characters.Add(text.Substring(i, length));
            i += length - 1;
        }

        return characters;
    }

    /// <summary>A slice as Python makes it; a null bound is open.</summary>
    public static string Slice(string text, long? start, long? stop, long step)
    {
        if (AreUnits(text))
        {
            var range = SliceRange.Of(text.Length, start, stop, step);
            return step == 1 ? text.Substring(range.First, range.Count) : string.Create(range.Count, (text, range), static (to, from) =>
            {
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = from.text[from.range.At(i)];
                }
            });
        }

        var characters = Split(text);
        var wide = SliceRange.Of(characters.Count, start, stop, step);
        return string.Concat(Enumerable.Range(0, wide.Count).Select(i => characters[wide.At(i)]));
    }

    public static string Reverse(string text)
    {
        var characters = Split(text);
        characters.Reverse();
        return string.Concat(characters);
    }
}
