using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

/// <summary>Values as they cross the history.</summary>
internal static class Payload
{
    /// <summary>The longest payload: 16 MiB.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Writes a value.</summary>
    /// <exception cref="WeftException"><c>invalid_payload</c> when it has no JSON form; <c>payload_too_large</c>.</exception>
    public static byte[] Write(object? value, string what) => Checked(PayloadJson.Write(value, what), what);

    /// <summary>Refuses what is too long.</summary>
    public static byte[] Checked(byte[] json, string what)
    {
        if (json.Length > MaxBytes)
        {
            throw new WeftException(
                "payload_too_large",
                Fault.TooLarge,
                $"The {what} has {json.Length:N0} bytes of JSON, and a step carries at most {MaxBytes:N0}. Store it, and pass a "
                + $"reference.");
        }

        return json;
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="WeftException"><c>invalid_payload</c> when it does not fit the type.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json, string what) => PayloadJson.Read<T>(json, what);

    public static JsonNode? ReadNode(byte[]? json) => json is null ? null : JsonNode.Parse(json);
}
