using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Bends a text into the format, the pattern and the length that a schema wants.</summary>
internal sealed partial class TextShape(SchemaCheck check, JsonObject schema, Facts facts, string seed)
{
    public string Shape(string text)
    {
        text = schema.Str("format") is { } format ? Format(format, text) : text;
        if (schema.Str("pattern") is { } pattern && !Fits(text))
        {
            text = Word().Matches(facts.Prompt).Select(match => match.Value).FirstOrDefault(Fits) ?? PatternSample.Of(pattern, seed);
        }

        if (schema.Int("maxLength") is { } max && text.Length > max)
        {
            text = text[..max];
        }

        if (schema.Int("minLength") is { } min && text.Length < min)
        {
            text = Padded(text, min);
        }

        return text;
    }

    private bool Fits(string text) => check.Fits(schema, JsonValue.Create(text));

    private string Padded(string text, int length)
    {
        var filler = text.Length > 0 ? " " + text : " details";
        while (text.Length < length)
        {
            text += filler;
        }

        return schema.Int("maxLength") is { } max && text.Length > max ? text[..max] : text;
    }

    private string Format(string format, string text) => format switch
    {
        "email" or "idn-email" => Facts.EmailIn(text) ?? facts.Email ?? "customer@example.com",
        "uri" or "url" or "iri" or "uri-reference" => Facts.UrlIn(text) ?? Facts.UrlIn(facts.UserText) ?? "https://example.com/" + Labels.Key(seed),
        "date-time" => DateTimeOffset.TryParse(text, out var moment) ? moment.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ") : Timestamp().Match(facts.Prompt) is { Success: true } quoted ? quoted.Value : "2026-01-15T09:30:00Z",
        "date" => Date().Match(text) is { Success: true } date ? date.Value : Date().Match(facts.Prompt) is { Success: true } quoted ? quoted.Value : "2026-01-15",
        "time" => "09:30:00Z",
        "duration" => "PT2H",
        "uuid" => Guid.TryParse(text, out var id) ? id.ToString() : Digest.Uuid(facts.Prompt + seed).ToString(),
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "hostname" or "idn-hostname" => "example.com",
        _ => text,
    };

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z")]
    private static partial Regex Timestamp();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex Date();

    [GeneratedRegex(@"[^\s""',;()]+")]
    private static partial Regex Word();
}
