using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Agents.Json;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Workflows.Durable;

namespace Weft.Agents.Memory;

/// <summary>What one memory keeps, for how long, and what it leaves out: a definition's settings under a request's.</summary>
internal sealed record MemoryPolicy
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(250);

    /// <summary>Addresses, card numbers and phone numbers: what privacy without patterns of its own takes out.</summary>
    private static readonly string[] CommonPatterns =
    [
        @"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
        @"\b(?:\d[ -]?){13,19}\b",
        @"(?<!\w)\+?\d{1,3}[ .-]?\(?\d{2,4}\)?(?:[ .-]?\d{2,4}){2,3}(?!\w)",
    ];

    public required string Strategy { get; init; }

    public int? MaxMessages { get; init; }

    public int? MaxTokens { get; init; }

    public TimeSpan? Ttl { get; init; }

    /// <summary>Gets the age at which single messages are forgotten.</summary>
    public TimeSpan? Retention { get; init; }

    public string FlushType { get; init; } = "simple_fifo";

    /// <summary>Gets the share of the limit at which a flush starts, over 0 to 1.</summary>
    public double FlushAt { get; init; } = 0.8;

    public int SummaryTokens { get; init; } = 200;

    public IReadOnlyList<Regex> Redact { get; init; } = [];

    public string Redaction { get; init; } = "[REDACTED]";

    public IReadOnlyList<string> UnkeptRoles { get; init; } = [];

    /// <summary>Reads a definition's and a request's settings.</summary>
    /// <exception cref="ActivityException">A setting cannot be read: privacy must not fail open.</exception>
    public static MemoryPolicy Of(MemoryDefinition? definition, JsonObject? request, MemoryOptions options)
    {
        var settings = Overlaid(definition?.Settings, request);
        var strategy = settings.Text("strategy") ?? settings.Text("type") ?? definition?.Strategy ?? "message_count_based";
        var flushing = settings.Object("flushing");
        var privacy = settings.ContainsKey("privacy_policy") || settings.ContainsKey("privacy")
            ? Overlaid(settings.Object("privacy_policy"), settings.Object("privacy")) : null;
        var window = settings.Object("short_term").Number("window_size");
        var maxTokens = settings.Number("max_tokens");
        return new MemoryPolicy
        {
            Strategy = strategy,
            MaxTokens = maxTokens ?? (strategy == "token_based" ? 2_000 : null),
            MaxMessages = settings.Number("max_messages")
                ?? (window is { } w ? Math.Max(w, 1) : strategy == "token_based" || maxTokens is not null ? null : options.MaxMessages),
            Ttl = Duration(settings.Object("persistence").Text("ttl") ?? settings.Text("ttl"), "ttl"),
            Retention = Duration(privacy.Text("retention_policy"), "retention_policy"),
            FlushType = flushing.Text("type") ?? settings.Object("flush_config").Text("strategy") ?? "simple_fifo",
            FlushAt = Share(flushing.Text("summarize_threshold") ?? settings.Object("flush_config").Text("threshold")) ?? 0.8,
            SummaryTokens = flushing.Number("summary_tokens") is { } tokens and > 0 ? tokens : 200,
            Redact = Patterns(privacy),
            Redaction = privacy.Text("default_redaction_string") ?? "[REDACTED]",
            UnkeptRoles = [.. privacy.Texts("non_persistable_message_types").Select(r => r.ToLowerInvariant())],
        };
    }

    /// <summary>The messages as they may be kept.</summary>
    public IReadOnlyList<MemoryMessage> Keepable(IReadOnlyList<MemoryMessage> messages) =>
        [.. messages.Where(m => !UnkeptRoles.Contains(m.Role)).Select(m => m with { Content = Clean(m.Content) })];

    private string Clean(string text)
    {
        foreach (var pattern in Redact)
        {
            try
            {
                text = pattern.Replace(text, Redaction);
            }
            catch (RegexMatchTimeoutException)
            {
                throw MemoryMessage.Invalid(
                    $"could not apply the privacy pattern '{pattern}' within {PatternLimit.TotalMilliseconds} ms, so the message was not "
                    + $"kept. Write it without nested repetition.");
            }
        }

        return text;
    }

    private static IReadOnlyList<Regex> Patterns(JsonObject? privacy)
    {
        if (privacy is null || privacy.Flag("enabled") == false)
        {
            return [];
        }

        var own = privacy.Texts("redact_patterns");
        var patterns =
            own.Count > 0 ? own : privacy.Flag("enabled") == true && !privacy.ContainsKey("redact_patterns") ? CommonPatterns : [];
        return [.. patterns.Select(Compile)];
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (ArgumentException exception)
        {
            throw MemoryMessage.Invalid($"has a privacy pattern that is no regular expression: {exception.Message}");
        }
    }

    private static JsonObject Overlaid(JsonObject? below, JsonObject? above)
    {
        var result = (JsonObject?)below?.DeepClone() ?? [];
        foreach (var (name, value) in above ?? [])
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }

    private static double? Share(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= 1 ? share : null;

    private static TimeSpan? Duration(string? text, string setting)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (!DurationText.TryParse(text, out var duration))
        {
            throw MemoryMessage.Invalid($"has the setting {setting} '{text}', which is no duration. Write 30d, 24h, 15m or 90s.");
        }

        return duration == TimeSpan.Zero ? null : duration;
    }
}
