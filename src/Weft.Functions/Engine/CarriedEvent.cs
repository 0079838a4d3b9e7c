using System.Text.Json;
using System.Text.Json.Serialization;

namespace Weft.Functions.Engine;

/// <summary>An event that an instance had not taken when it continued as new.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its payload; null: none.</param>
public sealed record CarriedEvent(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] JsonElement? Value);
