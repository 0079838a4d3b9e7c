using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;

namespace Weft.Sandbox.Sample;

/// <summary>Bends a text into the format, the pattern and the length that a schema wants.</summary>
internal sealed class TextSample(SchemaCheck check, JsonObject schema, Values values)
{
    /// <param name="text">What it would be if anything went.</param>
    /// <param name="seed">What made-up parts follow from.</param>
    public string Of(string text, string seed)
    {
        text = schema.Str("format") is { } format ? Formatted(format, text, seed) : text;
        if (schema.Str("pattern") is { } pattern && !Fits(text))
        {
            text = PatternSample.Of(pattern, seed);
        }

        if (schema.Int("minLength") is { } min)
        {
            var filler = " " + (text.Length > 0 ? text : "details");
            while (text.Length < min)
            {
                text += filler;
            }
        }

        return schema.Int("maxLength") is { } max && text.Length > max ? text[..max] : text;
    }

    private bool Fits(string text) => check.Fits(schema, text);

    private string Formatted(string format, string text, string seed) => format switch
    {
        "email" or "idn-email" => values.Text("email") ?? "customer@example.com",
        "uri" or "url" or "iri" or "uri-reference" => Uri.IsWellFormedUriString(text, UriKind.Absolute) ? text
            : "https://example.com/" + Labels.Key(seed),
        "date-time" => DateTimeOffset.TryParse(text, out var moment) ? moment.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ")
            : "2026-01-15T09:30:00Z",
        "date" => DateOnly.TryParse(text, out var day) ? day.ToString("yyyy-MM-dd") : "2026-01-15",
        "time" => "09:30:00Z",
        "duration" => "PT2H",
        "uuid" => Guid.TryParse(text, out var id) ? id.ToString() : Digest.Uuid(seed).ToString(),
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "hostname" or "idn-hostname" => "example.com",
        _ => text,
    };
}
