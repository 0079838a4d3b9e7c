namespace Weft.Sandbox.Wire;

/// <summary>Cuts a text into the pieces that a stream carries, never through a surrogate pair.</summary>
internal static class TextPieces
{
    /// <summary>How much text or how many characters of arguments an event carries.</summary>
    private const int Size = 24;

    public static IEnumerable<string> Of(string text)
    {
        for (var from = 0; from < text.Length;)
        {
            var length = Math.Min(Size, text.Length - from);
            if (char.IsHighSurrogate(text[from + length - 1]) && from + length < text.Length)
            {
                length++;
            }

            yield return text.Substring(from, length);
            from += length;
        }
    }
}
