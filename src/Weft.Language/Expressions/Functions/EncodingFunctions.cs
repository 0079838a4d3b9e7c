using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>JSON, and texts in the forms that other formats need.</summary>
internal static class EncodingFunctions
{
    private static readonly JsonDocumentOptions Reading =
        new() { MaxDepth = 128, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static IReadOnlyList<Function> All { get; } =
    [
        new("toJson", "value, indent?", "As compact JSON, or with `indent` spaces a level.",
            a => Json(a, Math.Min(a.Size(1), 16))) { Aliases = ["tojson", "to_json", "mustToJson", "toRawJson"] },
        new("toPrettyJson", "value", "As JSON with 2 spaces a level.", a => Json(a, 2)) { Aliases = ["to_nice_json"] },
        new("fromJson", "text", "The value that the JSON text holds.", FromJson) { Aliases = ["fromjson", "from_json", "parseJson"] },
        new("b64enc", "text", "As base64 of its UTF-8.",
            a => Value.Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(a.Text(0))))) { Aliases = ["b64encode", "base64"] },
        new("b64dec", "text", "The UTF-8 text that the base64 holds.",
            a => Decode(a, Convert.FromBase64String, "base64")) { Aliases = ["b64decode"] },
        new("hexenc", "text", "As hexadecimal digits of its UTF-8.",
            a => Value.Of(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(a.Text(0))))),
        new("hexdec", "text", "The UTF-8 text that the hexadecimal digits hold.", a => Decode(a, Convert.FromHexString, "hexadecimal")),
        new("sha256", "text", "The SHA-256 of its UTF-8, in hexadecimal digits.",
            a => Hash(a, SHA256.HashData)) { Aliases = ["sha256sum"] },
        new("sha512", "text", "The SHA-512 of its UTF-8, in hexadecimal digits.",
            a => Hash(a, SHA512.HashData)) { Aliases = ["sha512sum"] },
        new("sha1", "text", "The SHA-1 of its UTF-8, in hexadecimal digits: for formats that ask for it, not for safety.",
            a => Hash(a, Sha1)) { Aliases = ["sha1sum"] },
        new("escape", "text", "With `& < > \" '` as HTML entities.",
            a => Value.Of(Escaped(a.Text(0)))) { Aliases = ["e", "html", "htmlEscape", "htmlAttrEscape", "forceescape"] },
        new("unescape", "text", "With HTML entities as the characters they name.",
            a => Value.OfData(WebUtility.HtmlDecode(a.Text(0)))) { Aliases = ["htmlUnescape"] },
        new("js", "text", "As the inside of a JavaScript string.",
            a => Value.Of(JavaScriptEncoder.Default.Encode(a.Text(0)))) { Aliases = ["jsEscape"] },
        new("urlencode", "value", "With all but letters, digits and `-._~/` percent-encoded; an object as a query string.",
            UrlEncode) { Aliases = ["urlquery"] },
        new("urldecode", "text", "With percent-encoded characters decoded.", a => Value.OfData(Uri.UnescapeDataString(a.Text(0)))),
        new("safe", "value", "The value: nothing is escaped unless `escape` says so.", a => a[0]) { PassesSecrets = true },
    ];

    private static Value Json(Arguments a, int indent)
    {
        var json = ValueText.JsonOf(a[0], indent, a.Context.Limits.OutputLength);
        a.Context.AllowText(json.Length);
        return Value.Of(json);
    }

    private static Value FromJson(Arguments a)
    {
        try
        {
            using var document = JsonDocument.Parse(a.Text(0), Reading);
            return Value.FromElement(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw a.Fault($"The text is no JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    private static Value Decode(Arguments a, Func<string, byte[]> decode, string name)
    {
        try
        {
            return Value.OfData(Encoding.UTF8.GetString(decode(a.Text(0))));
        }
        catch (FormatException)
        {
            throw a.Fault($"The text is no {name}.");
        }
    }

    private static Value Hash(Arguments a, Func<byte[], byte[]> hash) =>
        Value.Of(Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(a.Text(0)))));

    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&#34;").Replace("'", "&#39;");

    private static Value UrlEncode(Arguments a)
    {
        if (a[0].IsObject)
        {
            return Value.Of(
                string.Join('&',
                    a.Object(0).Members().Select(x => $"{Uri.EscapeDataString(x.Key)}={Uri.EscapeDataString(a.Context.TextOf(x.Value))}")));
        }

        var encoded = Uri.EscapeDataString(a.Text(0)).Replace("%2F", "/");
        a.Context.AllowText(encoded.Length);
        return Value.Of(encoded);
    }
}
