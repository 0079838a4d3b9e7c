using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Functions.Engine;

/// <summary>
/// What crosses the durable engine: our JSON inside a plain envelope, so that no serializer setting of the worker or of its
/// extensions can change a stored history. Polymorphic results keep their discriminator that way, too.
/// </summary>
/// <param name="Value">The value by <see cref="WeftJson.Options"/>; undefined when there is a failure.</param>
/// <param name="Failure">An activity's failure as data: thrown, it would lose its code and details on the way.</param>
/// <param name="Parent">Of a sub-orchestration's input, the instance that called it; null: of anything else, and of older inputs.</param>
/// <param name="Events">Of a next generation's input, the events that the one before had not taken, the oldest first; null: none.</param>
public sealed record Payload(
    [property: JsonPropertyName("value")] JsonElement? Value,
    [property: JsonPropertyName("failure")] JsonElement? Failure = null,
    [property: JsonPropertyName("parent"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parent = null,
    [property: JsonPropertyName("events"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<CarriedEvent>? Events = null)
{
    /// <summary>Wraps a value of a known type.</summary>
    public static Payload Of<T>(T value) => new(JsonSerializer.SerializeToElement(value, WeftJson.Options));

    /// <summary>Wraps a value by its own type, or by the polymorphic base of it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <exception cref="WeftException"><c>invalid_payload</c> when it has no JSON form.</exception>
    public static Payload OfObject(object? value, string what) =>
        new(value is null ? null : JsonSerializer.Deserialize<JsonElement>(PayloadJson.Write(value, what)));

    /// <summary>Wraps JSON that an activity made.</summary>
    public static Payload OfJson(ReadOnlySpan<byte> json) => new(JsonSerializer.Deserialize<JsonElement>(json));

    /// <summary>The envelope of a failure.</summary>
    public static Payload Failed(FailureDetails failure) => new(null, JsonSerializer.SerializeToElement(failure, WeftJson.Options));

    /// <summary>
    /// Reads an envelope as it was stored. What is none is taken for the value: an operator may raise an event with the platform's own
    /// tools.
    /// </summary>
    public static Payload OfStored(JsonNode? stored)
    {
        if (stored is JsonObject envelope && envelope.All(p => p.Key is "value" or "failure" or "parent" or "events"))
        {
            return new Payload(
                ElementOf(envelope["value"]), ElementOf(envelope["failure"]), (envelope["parent"] as JsonValue)?.GetValue<string>());
        }

        return new Payload(ElementOf(stored));
    }

    /// <summary>The envelope as the engine stored it; null: there is none.</summary>
    public static Payload? OfStored(string? serialized) =>
        string.IsNullOrEmpty(serialized) ? null : OfStored(JsonNode.Parse(serialized));

    /// <summary>The value of an envelope as the engine stored it; the value itself where there is no envelope.</summary>
    public static JsonNode? NodeOf(string? serialized) => OfStored(serialized)?.Read<JsonNode>("stored value");

    /// <summary>The value, read as a type.</summary>
    /// <param name="what">What it is, for the error.</param>
    /// <exception cref="WeftException"><c>invalid_payload</c> when it does not fit the type.</exception>
    public T? Read<T>(string what) =>
        Value is { ValueKind: not JsonValueKind.Undefined } value
            ? PayloadJson.Read<T>(JsonMarshal.GetRawUtf8Value(value), what) : default;

    /// <summary>The failure that an envelope holds; null: it holds none.</summary>
    public FailureDetails? ReadFailure() =>
        Failure is { ValueKind: JsonValueKind.Object } failure ? failure.Deserialize<FailureDetails>(WeftJson.Options) : null;

    private static JsonElement? ElementOf(JsonNode? node) => node is null ? null : JsonSerializer.SerializeToElement(node);
}
