using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Weft.Language;

namespace Weft.Agents.Models.Providers;

/// <summary>What both wires make of <see cref="ChatOptions"/> in the same way.</summary>
internal static class WireOptions
{
    // What the adapters write themselves; a parameter of a file never replaces it.
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "model", "messages", "system", "tools", "tool_choice", "response_format", "output_config", "stream", "stream_options", "n",
        "max_tokens", "max_completion_tokens", "temperature",
    };

    /// <summary>Adds further provider parameters to a request's body.</summary>
    public static void AddParams(JsonObject body, ChatOptions? options)
    {
        foreach (var (name, value) in options?.AdditionalProperties ?? [])
        {
            if (!Own.Contains(name) && value is JsonNode node)
            {
                body[name] = node.DeepClone();
            }
        }
    }

    /// <summary>A stop list, where the file wrote one as <c>stop</c>, <c>stop_words</c> or <c>stop_sequences</c>.</summary>
    public static JsonArray? Stops(ChatOptions? options) =>
        options?.StopSequences is { Count: > 0 } stops ? [.. stops.Select(s => (JsonNode)s)] : null;

    public static string ArgumentsText(FunctionCallContent call) =>
        JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), WeftJson.Options);

    public static JsonNode ArgumentsNode(FunctionCallContent call) => JsonNode.Parse(ArgumentsText(call))!;

    public static string ResultText(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonNode node => node.ToJsonString(WeftJson.Options),
        var other => JsonSerializer.Serialize(other, WeftJson.Options),
    };
}
