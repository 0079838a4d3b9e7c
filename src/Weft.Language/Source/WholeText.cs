using System.Text;

namespace Weft.Language.Source;

/// <summary>Keeps halves of surrogate pairs out: no file can hold one, and JSON cannot keep it.</summary>
internal static class WholeText
{
    /// <summary>The text with U+FFFD for each half; as long as before.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
