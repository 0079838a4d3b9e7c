using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Weft.Agents.Http;

namespace Weft.Agents.Models.Providers;

/// <summary>Finds how long a provider asks to wait, wherever it says so.</summary>
internal static partial class RetryHints
{
    // A longer wait is no hint for a retry any more.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The wait, up to an hour, from the first source that names one; null: none does.</summary>
    /// <remarks><c>retry-after-ms</c>, <c>Retry-After</c>, the body's retry delay, used up <c>x-ratelimit-reset-*</c>, the text.</remarks>
    public static TimeSpan? Find(HttpResponseHeaders headers, ErrorBody body, DateTimeOffset now)
    {
        var wait = Milliseconds(One(headers, "retry-after-ms"))
            ?? HttpHints.RetryAfter(headers, now)
            ?? body.RetryDelay
            ?? Reset(headers, now)
            ?? Text(body.Detail);
        return wait is not { } w ? null : w < TimeSpan.Zero ? TimeSpan.Zero : w > Longest ? Longest : w;
    }

    /// <summary>A length of time as <c>34s</c>, <c>6m0s</c>, <c>120ms</c> or <c>1h2m3.5s</c>; null when it is none.</summary>
    public static TimeSpan? Duration(string? text)
    {
        if (text is null || DurationText().Match(text.Trim()) is not { Success: true, Length: > 0 } match)
        {
            return null;
        }

        double milliseconds = 0;
        foreach (Capture part in match.Groups["part"].Captures)
        {
            var unit = part.Value.AsSpan().TrimStart("0123456789.").ToString();
            if (Number(part.Value[..^unit.Length], double.MaxValue) is not { } value)
            {
                return null;
            }

            milliseconds += value * unit switch { "ms" => 1, "s" => 1000, "m" => 60_000, "h" => 3_600_000, _ => 86_400_000 };
        }

        return milliseconds > Longest.TotalMilliseconds ? Longest : TimeSpan.FromMilliseconds(milliseconds);
    }

    private static TimeSpan? Milliseconds(string? text) => Number(text, 1e12) is { } value ? TimeSpan.FromMilliseconds(value) : null;

    private static double? Number(string? text, double below)
    {
        var counts = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value < below;
        return counts ? value : null;
    }

    // Only a limit that is used up says when to come back; those that have room left reset some time or other.
    private static TimeSpan? Reset(HttpResponseHeaders headers, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (var (name, values) in headers)
        {
            if (Remaining(name) is not { } remaining || One(headers, remaining) is not (null or "0"))
            {
                continue;
            }

            var text = values.FirstOrDefault();
            var wait = Duration(text) ?? HttpHints.Wait(text, now);
            longest = wait is null || longest > wait ? longest : wait;
        }

        return longest;
    }

    // The header that says how much of a limit is left, beside the one that says when it is whole again.
    private static string? Remaining(string name)
    {
        const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;
        return name.StartsWith("x-ratelimit-reset-", AnyCase) ? name.Replace("-reset-", "-remaining-", AnyCase)
            : name.StartsWith("anthropic-ratelimit-", AnyCase) && name.EndsWith("-reset", AnyCase) ? name[..^"reset".Length] + "remaining"
            : null;
    }

    private static TimeSpan? Text(string? detail) =>
        detail is { Length: < 4096 } && TryAgain().Match(detail) is { Success: true } match ? Duration(match.Groups["wait"].Value) : null;

    private static string? One(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;

    [GeneratedRegex(
        @"^(?<part>[0-9]+(\.[0-9]+)?(ms|s|m|h|d))+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex DurationText();

    [GeneratedRegex(
        @"try again in (?<wait>([0-9]+(\.[0-9]+)?(ms|s|m|h))+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TryAgain();
}
