using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Weft.Agents.Models.Providers;

/// <summary>Reads answers of providers, tolerantly: what may be missing may be missing, what cannot be read fails with words.</summary>
internal static class ReplyJson
{
    /// <summary>Parses a whole answer.</summary>
    /// <exception cref="WireFailureException">It is empty, a web page, no JSON object, or an error in the guise of a success.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        body = UnsoundJson.Mend(body);
        var start = body.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            throw new WireFailureException(WireStage.Reply, "the reply is empty");
        }

        try
        {
            using var document = JsonDocument.Parse(body[start..]);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new WireFailureException(WireStage.Reply, "the reply is no JSON object");
            }

            var root = document.RootElement.Clone();
            if (root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
            {
                throw Disguised(root);
            }

            return root;
        }
        catch (JsonException exception)
        {
            var what = body.Span[start] == (byte)'<' ? "the reply is a web page, not JSON" : "the reply is no valid JSON, or was cut off";
            throw new WireFailureException(WireStage.Reply, what, exception);
        }
    }

    /// <summary>A tool call as the model wrote it: arguments may be JSON in a string, an object, or nonsense.</summary>
    public static FunctionCallContent ToolCall(string id, string name, JsonElement arguments)
    {
        try
        {
            var parsed = arguments.ValueKind switch
            {
                JsonValueKind.Object => arguments,
                JsonValueKind.Undefined or JsonValueKind.Null => default,
                JsonValueKind.String when string.IsNullOrWhiteSpace(arguments.GetString()) => default,
                JsonValueKind.String => ParseElement(arguments.GetString()!),
                _ => throw new JsonException("they are of the type " + arguments.ValueKind.ToString().ToLowerInvariant()),
            };
            return parsed.ValueKind switch
            {
                JsonValueKind.Undefined => new FunctionCallContent(id, name, new Dictionary<string, object?>()),
                JsonValueKind.Object => new FunctionCallContent(id, name, Distinct(parsed)),
                _ => throw new JsonException("they are of the type " + parsed.ValueKind.ToString().ToLowerInvariant()),
            };
        }
        catch (JsonException exception)
        {
            var where = exception.BytePositionInLine is { } position
                ? $" (near character {position} of line {exception.LineNumber + 1})"
                : $": {exception.Message}";
            var error = $"The arguments of '{name}' are no JSON object{where}. Call it again with one JSON object that fits its schema.";
            return new FunctionCallContent(id, name) { Exception = new FormatException(error) };
        }
    }

    /// <summary>A count at a path of names; null: there is none, or it is no count.</summary>
    public static long? Count(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        var counts = element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && value is >= 0 and < 1e15;
        return counts ? (long)element.GetDouble() : null;
    }

    /// <summary>A text of an object; null: there is none of that name.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static JsonElement ToElement(JsonNode? node) => JsonSerializer.SerializeToElement(node);

    private static JsonElement ParseElement(string json)
    {
        using var document = JsonDocument.Parse(UnsoundJson.Mend(Encoding.UTF8.GetBytes(json)));
        return document.RootElement.Clone();
    }

    // Of a name that stands there twice, the last value counts, as in every JSON reader.
    private static Dictionary<string, object?> Distinct(JsonElement value)
    {
        var result = new Dictionary<string, object?>();
        foreach (var property in value.EnumerateObject())
        {
            result[property.Name] = property.Value;
        }

        return result;
    }

    private static WireFailureException Disguised(JsonElement root)
    {
        var body = ErrorBody.Read(root);
        var code = Count(root, "error", "code") ?? 0;
        return body.Failure(code is >= 400 and < 600 ? (int)code : 500, "an error with the status of a success", body.RetryDelay);
    }
}
