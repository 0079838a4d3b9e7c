using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Weft.Agents.Secrets;

/// <summary>The forms in which a value that was sent may come back.</summary>
internal static class SecretForms
{
    // What no writer escapes: keys are made of little else.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static readonly JavaScriptEncoder[] JsonEncoders = [JavaScriptEncoder.UnsafeRelaxedJsonEscaping, JavaScriptEncoder.Default];

    /// <summary>
    /// The value itself; escaped for URLs, as a path and as a form's field; escaped for JSON, as sparingly and as fully as writers do; and
    /// in base64 of both alphabets, alone and within a longer text, such as the user and password of a Basic header.
    /// </summary>
    /// <remarks>White space around a value is left out: headers and settings lose it on their way.</remarks>
    public static IEnumerable<string> Of(string value)
    {
        var text = value.Trim();
        return text.Length < SecretHiding.ShortestHidden ? []
            : !text.AsSpan().ContainsAnyExcept(Plain) ? InBase64(text).Prepend(text).Distinct(StringComparer.Ordinal)
            : ForUrls(text).Concat(ForJson(text)).Concat(InBase64(text)).Prepend(text).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> ForUrls(string text)
    {
        foreach (var escaped in new[] { Uri.EscapeDataString(text), WebUtility.UrlEncode(text) })
        {
            yield return escaped;
            yield return WithSmallDigits(escaped, '%', 2);
        }
    }

    private static IEnumerable<string> ForJson(string text)
    {
        foreach (var encoder in JsonEncoders)
        {
            var escaped = encoder.Encode(text);
            yield return escaped;
            yield return escaped.Replace("/", "\\/", StringComparison.Ordinal);
            yield return WithSmallDigits(escaped, 'u', 4);
        }

        // Many writers escape what is beyond ASCII, and of ASCII only what they must.
        var ascii =
            string.Concat(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text).Select(c => c < 128 ? $"{c}" : $"\\u{(int)c:x4}"));
        yield return ascii;
        yield return ascii.Replace("/", "\\/", StringComparison.Ordinal);
    }

    // Three bytes make four characters: within a longer text a value begins at one of three places, and all but its edges is the same.
    private static IEnumerable<string> InBase64(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = Convert.ToBase64String(bytes);
        yield return whole;
        yield return ForUrl(whole);
        for (var before = 0; before < 3; before++)
        {
            var skipped = before == 0 ? 0 : before + 1;
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var inner = encoded[skipped..((before + bytes.Length) * 8 / 6)];
            yield return inner;
            yield return ForUrl(inner);
        }

        static string ForUrl(string base64) => base64.Replace('+', '-').Replace('/', '_');
    }

    // %2F and %2f, \u00E9 and \u00e9 are both written.
    private static string WithSmallDigits(string escaped, char sign, int digits)
    {
        var result = new StringBuilder(escaped);
        for (var at = 0; at + digits < escaped.Length; at++)
        {
            if (escaped[at] == sign && (sign == '%' || (at > 0 && escaped[at - 1] == '\\')))
            {
                for (var digit = at + 1; digit <= at + digits; digit++)
                {
                    result[digit] = char.ToLowerInvariant(result[digit]);
                }
            }
        }

        return result.ToString();
    }
}
