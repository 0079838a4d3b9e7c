using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Weft.Language;

namespace Weft.Workflows.Durable;

/// <summary>Values as they cross an engine: UTF-8 JSON of <see cref="WeftJson.Options"/>, the same by every engine.</summary>
public static class PayloadJson
{
    private static readonly byte[] NullJson = "null"u8.ToArray();
    private static readonly ConcurrentDictionary<Type, JsonTypeInfo> Infos = new();

    /// <summary>Writes a value by its own type, or by the polymorphic base of it, so that the kind of an alternative is kept.</summary>
    /// <param name="value">The value; null is JSON's null.</param>
    /// <param name="what">What it is, for the error: "input of activity 'CallTool'".</param>
    /// <remarks>Half of a surrogate pair in a string is written as U+FFFD; in parsed JSON (<c>"\ud800"</c>) it is refused.</remarks>
    /// <exception cref="WeftException"><c>invalid_payload</c> when it has no JSON form.</exception>
    public static byte[] Write(object? value, string what)
    {
        if (value is null)
        {
            return NullJson;
        }

        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(
                value, Infos.GetOrAdd(value.GetType(), static type => WeftJson.Options.GetTypeInfo(RootOf(type))));
        }
        catch (Exception exception)
            when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new WeftException(
                "invalid_payload", Fault.Internal, $"The {what} is a {value.GetType().Name}, which has no JSON form: {exception.Message}",
                exception);
        }
    }

    /// <summary>Reads a value.</summary>
    /// <param name="json">The JSON, in UTF-8.</param>
    /// <param name="what">What it is, for the error.</param>
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
