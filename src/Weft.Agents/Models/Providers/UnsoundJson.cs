using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Weft.Agents.Models.Providers;

/// <summary>Makes readable what stands in a body and is no character: half a pair of surrogates, bytes that are no UTF-8.</summary>
/// <remarks>An answer that ends at its token limit may end within a character, and readers of JSON refuse all of it for that.</remarks>
internal static partial class UnsoundJson
{
    /// <summary>The body with U+FFFD in the place of each, and without a byte order mark; itself, when it is sound.</summary>
    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        if (Utf8.IsValid(json.Span) && !MayHoldSurrogates(json.Span))
        {
            return json;
        }

        var text = Escape().Replace(Encoding.UTF8.GetString(json.Span), match => match.Groups["half"].Success ? @"\uFFFD" : match.Value);
        return Encoding.UTF8.GetBytes(text);
    }

    private static bool MayHoldSurrogates(ReadOnlySpan<byte> json) => json.IndexOf(@"\ud"u8) >= 0 || json.IndexOf(@"\uD"u8) >= 0;

    // Whole pairs and other escapes are matched so that no half is seen within them.
    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u(?<half>[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escape();
}
