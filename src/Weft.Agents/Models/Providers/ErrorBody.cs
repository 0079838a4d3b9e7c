using System.Text.Json;

namespace Weft.Agents.Models.Providers;

/// <summary>What an error's body says, in any of the shapes that providers use.</summary>
/// <remarks>
/// OpenAI and Azure <c>{"error": {message, type, code, param, innererror}}</c>, Anthropic <c>{"type": "error", "error": {type, message}}</c>,
/// Gemini <c>{"error": {code, message, status, details}}</c> (also as a list of one), others <c>{"error": "text"}</c> or <c>{"detail": …}</c>.
/// </remarks>
internal sealed record ErrorBody(IReadOnlyList<string> Words, string? Detail, TimeSpan? RetryDelay)
{
    private static readonly ErrorBody Empty = new([], null, null);

    public static ErrorBody Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return Read(root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root);
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    public static ErrorBody Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Empty;
        }

        var error = root.TryGetProperty("error", out var inner) ? inner : root.TryGetProperty("detail", out var detail) ? detail : root;
        if (error.ValueKind != JsonValueKind.Object)
        {
            return new([], error.ToString(), null);
        }

        var words = new List<string>();
        TimeSpan? delay = null;
        Collect(error, words, ref delay, depth: 0);
        return new(words, Text(error, "message") ?? Text(root, "message"), delay);
    }

    private static void Collect(JsonElement element, List<string> words, ref TimeSpan? delay, int depth)
    {
        if (depth > 4)
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, words, ref delay, depth + 1);
            }

            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Name is "code" or "type" or "status" or "param" or "reason" or "quotaId" && property.Value.ValueKind == JsonValueKind.String)
            {
                words.Add(property.Value.GetString()!.ToLowerInvariant());
            }
            else if (property.Name is "retryDelay" && property.Value.ValueKind == JsonValueKind.String)
            {
                delay ??= RetryHints.Duration(property.Value.GetString());
            }
            else if (property.Name is "innererror" or "inner_error" or "details" or "violations" or "metadata")
            {
                Collect(property.Value, words, ref delay, depth + 1);
            }
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
