using System.Text;
using System.Text.RegularExpressions;
using Weft.Agents.Secrets;

namespace Weft.Agents.Models.Providers;

/// <summary>Makes what a provider wrote fit to show: short, without keys, and without what the prompt said.</summary>
internal static partial class ProviderText
{
    private const int Longest = 300;

    // Twelve characters in a row that the prompt has too are taken for a quotation of it.
    private const int Quotation = 12;

    private const char Hidden = '…';

    /// <summary>The text to show, or null when nothing of it is left.</summary>
    public static string? Clean(string? detail, SecretHiding secrets, IReadOnlyList<string> promptTexts)
    {
        if (string.IsNullOrWhiteSpace(detail))
        {
            return null;
        }

        // Hidden before anything is cut: the half of a secret is not found any more.
        var text = secrets.Hide(detail);
        text = KeyLike().Replace(text.Length > Longest * 2 ? text[..(Longest * 2)] : text, "…");
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
