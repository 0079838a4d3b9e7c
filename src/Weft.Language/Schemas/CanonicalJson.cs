using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>One text for a value: members in ordinal order, no spaces, texts escaped as in <see cref="WeftJson"/>.</summary>
public static class CanonicalJson
{
    private const double FirstInexactInteger = 9007199254740992;
    private static readonly JsonWriterOptions Writing = new() { Encoder = WeftJson.Options.Encoder, SkipValidation = true };

    /// <summary>The text that all values share which are equal as JSON Schema has it: 1, 1.0 and 1e0 are one number.</summary>
    /// <remarks>Numbers from 2^53 stand as they were written: a double would make one of several.</remarks>
    public static string Of(JsonNode? node) => Encoding.UTF8.GetString(Written(node, shortestNumbers: true).WrittenSpan);

    /// <summary>SHA-256 of the canonical text in which numbers stand as they were written, as lower-case hexadecimal.</summary>
    /// <remarks>Records of calls and keys of cached answers hold it: which bytes are hashed never changes.</remarks>
    public static string HashOf(JsonNode? node) =>
        Convert.ToHexStringLower(SHA256.HashData(Written(node, shortestNumbers: false).WrittenSpan));

    private static ArrayBufferWriter<byte> Written(JsonNode? node, bool shortestNumbers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes, Writing);
        Write(node, writer, shortestNumbers);
        writer.Flush();
        return bytes;
    }

    private static void Write(JsonNode? node, Utf8JsonWriter writer, bool shortestNumbers)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(x => x.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(value, writer, shortestNumbers);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(item, writer, shortestNumbers);
                }

                writer.WriteEndArray();
                break;
            case var number when shortestNumbers && number.GetValueKind() == JsonValueKind.Number:
                writer.WriteRawValue(Shortest(number.ToJsonString(WeftJson.Options)), skipInputValidation: true);
                break;
            default:
                node.WriteTo(writer, WeftJson.Options);
                break;
        }
    }

    private static string Shortest(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < FirstInexactInteger
            ? value.ToString("R", CultureInfo.InvariantCulture) : number;
}
