using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weft.Language;

namespace Weft.Embedded.Replay;

/// <summary>Values as they cross the history: UTF-8 JSON of <see cref="WeftJson.Options"/>.</summary>
internal static class Payload
{
    private static readonly byte[] NullJson = "null"u8.ToArray();
    private static readonly ConcurrentDictionary<Type, JsonTypeInfo> Infos = new();

    /// <summary>The longest payload: 16 MiB.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Writes a value by its own type, or by the polymorphic base of it, so that the kind of an alternative is kept.</summary>
    /// <remarks>Half of a surrogate pair in a string is written as U+FFFD; in parsed JSON (<c>"\ud800"</c>) it is refused.</remarks>
    /// <exception cref="WeftException"><c>invalid_payload</c> when it has no JSON form; <c>payload_too_large</c>.</exception>
    public static byte[] Write(object? value, string what)
    {
        if (value is null)
        {
            return NullJson;
        }

        byte[] json;
        try
        {
            json = JsonSerializer.SerializeToUtf8Bytes(
                value, Infos.GetOrAdd(value.GetType(), static type => WeftJson.Options.GetTypeInfo(RootOf(type))));
        }
        catch (Exception exception)
            when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new WeftException(
                "invalid_payload", Fault.Internal, $"The {what} is a {value.GetType().Name}, which has no JSON form: {exception.Message}",
                exception);
        }

        return Checked(json, what);
    }

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
    public static T? Read<T>(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Typed<T>.Info);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new WeftException(
                "invalid_payload", Fault.Internal, $"The {what} is no {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    public static JsonNode? ReadNode(byte[]? json) => json is null ? null : JsonNode.Parse(json);

    private static Type RootOf(Type type)
    {
        for (var root = type.BaseType; root is not null && root != typeof(object); root = root.BaseType)
        {
            if (root.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false)
                || root.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false))
            {
                return root;
            }
        }

        return type;
    }

    private static class Typed<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)WeftJson.Options.GetTypeInfo(typeof(T));
    }
}
