namespace Weft.Language;

/// <summary>Cuts texts that may be of any length to what a message or a record has room for.</summary>
public static class ClippedText
{
    /// <summary>The text, or its beginning with an ellipsis when it is longer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most characters of the answer, the ellipsis included; 1 or more.</param>
    public static string Clip(this string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}
