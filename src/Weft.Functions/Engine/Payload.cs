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
public sealed record Payload(
    [property: JsonPropertyName("value")] JsonElement? Value,
    [property: JsonPropertyName("failure")] JsonElement? Failure = null)
{
    /// <summary>Wraps a value of a known type.</summary>
    public static Payload Of<T>(T value) => new(JsonSerializer.SerializeToElement(value, WeftJson.Options));

    /// <summary>Wraps a value by its own type: inputs and events, which are never polymorphic.</summary>
    public static Payload OfObject(object? value) =>
        new(value is null ? null : JsonSerializer.SerializeToElement(value, value.GetType(), WeftJson.Options));

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
        if (stored is JsonObject envelope && envelope.All(p => p.Key is "value" or "failure"))
        {
            return new Payload(ElementOf(envelope["value"]), ElementOf(envelope["failure"]));
        }

        return new Payload(ElementOf(stored));
    }

    /// <summary>The value of an envelope as the engine stored it; the value itself where there is no envelope.</summary>
    public static JsonNode? NodeOf(string? serialized) =>
        string.IsNullOrEmpty(serialized) ? null : OfStored(JsonNode.Parse(serialized)).Read<JsonNode>();

    /// <summary>The value, read as a type.</summary>
    public T? Read<T>() => Value is { } value ? value.Deserialize<T>(WeftJson.Options) : default;

    /// <summary>The failure that an envelope holds; null: it holds none.</summary>
    public FailureDetails? ReadFailure() =>
        Failure is { ValueKind: JsonValueKind.Object } failure ? failure.Deserialize<FailureDetails>(WeftJson.Options) : null;

    private static JsonElement? ElementOf(JsonNode? node) => node is null ? null : JsonSerializer.SerializeToElement(node);
}
