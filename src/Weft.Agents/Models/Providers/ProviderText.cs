using System.Text;
using System.Text.RegularExpressions;

namespace Weft.Agents.Models.Providers;

/// <summary>Makes what a provider wrote fit to show: short, without keys, and without what the prompt said.</summary>
internal static partial class ProviderText
{
    private const int Longest = 300;

    // Twelve characters in a row that the prompt has too are taken for a quotation of it.
    private const int Quotation = 12;

    private const char Hidden = '…';

    /// <summary>The text to show, or null when nothing of it is left.</summary>
    public static string? Clean(string? detail, string? key, IReadOnlyList<string> promptTexts)
    {
        if (string.IsNullOrWhiteSpace(detail))
        {
            return null;
        }

        var text = detail.Length > Longest * 2 ? detail[..(Longest * 2)] : detail;
        if (key is { Length: > 3 })
        {
            text = text.Replace(key, "…", StringComparison.Ordinal);
        }

        text = KeyLike().Replace(text, "…");
        var masked = Mask(text, promptTexts);
        masked = Blanks().Replace(masked, " ").Trim();
        masked = masked.Length > Longest ? masked[..Longest] + Hidden : masked;
        return masked.Count(char.IsLetter) < 3 ? null : masked;
    }

    private static string Mask(string text, IReadOnlyList<string> promptTexts)
    {
        var hidden = new bool[text.Length];
        for (var start = 0; start + Quotation <= text.Length; start++)
        {
            var window = text.AsSpan(start, Quotation);
            foreach (var prompt in promptTexts)
            {
                if (prompt.AsSpan().IndexOf(window, StringComparison.Ordinal) >= 0)
                {
                    hidden.AsSpan(start, Quotation).Fill(true);
                    break;
                }
            }
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!hidden[i])
            {
                result.Append(char.IsControl(text[i]) ? ' ' : text[i]);
            }
            else if (i == 0 || !hidden[i - 1])
            {
                result.Append(Hidden);
            }
        }

        return result.ToString();
    }

    [GeneratedRegex(
        @"(sk|pk|gsk|xai|key|AIza|ghp|Bearer)[-_ ]?[A-Za-z0-9*._-]{6,}|[A-Za-z0-9+/_-]{32,}={0,2}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyLike();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
