using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>Reads JSON of others: with comments and trailing commas, and in what a model wrote also behind fences and prose.</summary>
/// <remarks>A member that stands twice is a fault: which one was meant is not ours to guess. Nesting ends at 128 levels.</remarks>
public static class LenientJson
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 128,
        AllowDuplicateProperties = false,
    };

    /// <summary>The value that the whole text is; null when it is no JSON, and when it is <c>null</c>.</summary>
    public static JsonNode? Parse(string text) => TryParse(text, out var value, out _) ? value : null;

    /// <summary>Parses the whole text, else the first code fence that parses, else the longest object or list in it that parses.</summary>
    /// <param name="text">The text; empty text holds nothing.</param>
    /// <param name="value">The JSON; null also when the text says <c>null</c>.</param>
    /// <param name="fault">Why there is none; null when there is one.</param>
    public static bool TryExtract(string text, out JsonNode? value, out string? fault)
    {
        var trimmed = text.Trim('\uFEFF', ' ', '\t', '\r', '\n');
        if (trimmed.Length == 0)
        {
            (value, fault) = (null, "The answer is empty.");
            return false;
        }

        if (TryParse(trimmed, out value, out fault) || TryFences(trimmed, out value) || TryBrackets(trimmed, out value))
        {
            fault = null;
            return true;
        }

        fault = trimmed.AsSpan().IndexOfAny('{', '[') < 0
            ? "The answer holds no JSON."
            : $"The answer is not valid JSON: {fault}";
        return false;
    }

    private static bool TryParse(string text, out JsonNode? value, out string? fault)
    {
        try
        {
            value = JsonNode.Parse(text, documentOptions: Lenient);
            fault = null;
            return true;
        }
        catch (JsonException exception)
        {
            (value, fault) = (null, $"it breaks off at line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}");
            return false;
        }
    }

    private static bool TryFences(string text, out JsonNode? value)
    {
        var at = 0;
        while ((at = text.IndexOf("```", at, StringComparison.Ordinal)) >= 0)
        {
            var line = text.IndexOf('\n', at);
            var end = line < 0 ? -1 : text.IndexOf("```", line, StringComparison.Ordinal);
            if (line < 0)
            {
                break;
            }

            var inside = (end < 0 ? text[line..] : text[line..end]).Trim();
            if (inside.Length > 0 && TryParse(inside, out value, out _))
            {
                return true;
            }

            at = end < 0 ? text.Length : end + 3;
        }

        value = null;
        return false;
    }

    private static bool TryBrackets(string text, out JsonNode? value)
    {
        value = null;
        var longest = 0;
        var at = 0;
        for (var tries = 0; tries < 32 && at < text.Length; tries++)
        {
            var start = text.AsSpan(at).IndexOfAny('{', '[');
            if (start < 0)
            {
                break;
            }

            start += at;
            var end = EndOf(text, start);
            if (end > start && end - start > longest && TryParse(text[start..end], out var found, out _))
            {
                (value, longest) = (found, end - start);
                at = end;
            }
            else
            {
                at = start + 1;
            }
        }

        return longest > 0;
    }

    /// <summary>The place behind the bracket that closes the one at the start; -1 when none does.</summary>
    private static int EndOf(string text, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '{' or '[' when !quoted:
                    depth++;
                    break;
                case '}' or ']' when !quoted:
                    if (--depth == 0)
                    {
                        return i + 1;
                    }

                    break;
                default:
                    break;
            }
        }

        return -1;
    }
}
