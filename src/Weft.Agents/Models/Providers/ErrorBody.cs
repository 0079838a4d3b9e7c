using System.Text.Json;

namespace Weft.Agents.Models.Providers;

/// <summary>What an error's body says, in any of the shapes that providers use.</summary>
/// <remarks>
/// OpenAI and Azure <c>{"error": {message, type, code, param, innererror}}</c>,
/// Anthropic <c>{"type": "error", "error": {type, message}}</c>,
/// Gemini <c>{"error": {code, message, status, details}}</c>, also as a list of one,
/// others <c>{"error": "text"}</c> or <c>{"detail": …}</c>.
/// </remarks>
internal sealed record ErrorBody(IReadOnlyList<string> Words, string? Detail, TimeSpan? RetryDelay)
{
    private static readonly ErrorBody Empty = new([], null, null);

    /// <summary>Reads a body; what is no JSON, or none of the shapes, says nothing.</summary>
    public static ErrorBody Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(UnsoundJson.Mend(body));
            var root = document.RootElement;
            return Read(root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root);
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    /// <summary>Reads a body that is JSON already.</summary>
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
        return new(words, ReplyJson.Text(error, "message") ?? ReplyJson.Text(root, "message"), delay);
    }

    /// <summary>The failure that the body tells of.</summary>
    /// <param name="status">The status, or what stands for it.</param>
    /// <param name="what">The failure, in no words of the provider.</param>
    /// <param name="retryAfter">How long to wait, when the answer says so; null: it does not.</param>
    public WireFailureException Failure(int status, string what, TimeSpan? retryAfter) =>
        new(WireStage.Status, what) { Status = status, Words = Words, Detail = Detail, RetryAfter = retryAfter };

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
            var text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
            if (property.Name is "code" or "type" or "status" or "param" or "reason" or "quotaId" && text is not null)
            {
                words.Add(text.ToLowerInvariant());
            }
            else if (property.Name is "retryDelay" && text is not null)
            {
                delay ??= RetryHints.Duration(text);
            }
            else if (property.Name is "innererror" or "inner_error" or "details" or "violations" or "metadata")
            {
                Collect(property.Value, words, ref delay, depth + 1);
            }
        }
    }
}
