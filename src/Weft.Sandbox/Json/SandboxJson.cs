using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Sandbox.Json;

/// <summary>The JSON form of what the sandbox itself keeps and shows (log, state, faults, scripts): snake_case, nulls left out.</summary>
internal static class SandboxJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>How documents are read that people write by hand.</summary>
    public static JsonDocumentOptions Lenient { get; } = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static JsonNode ToNode<T>(T value) => JsonSerializer.SerializeToNode(value, Options) ?? JsonValue.Create(string.Empty);

    public static T From<T>(JsonNode node) => node.Deserialize<T>(Options) ?? throw new JsonException("The document is null.");

    public static string Text(JsonNode? node) => node?.ToJsonString(Options) ?? "null";

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            AllowTrailingCommas = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            MaxDepth = 128,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
