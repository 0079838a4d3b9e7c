using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Api.Problems;
using Weft.Language;
using Weft.Runtime.Executions;

namespace Weft.Api.Requests;

/// <summary>A JSON object that somebody sent: its members are asked for by name and type, and every fault is told at once.</summary>
internal sealed class RequestBody
{
    private static readonly JsonDocumentOptions Rules = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    private readonly List<InputFault> _faults = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private RequestBody(JsonObject members) => Members = members;

    /// <summary>Gets the object.</summary>
    public JsonObject Members { get; }

    /// <summary>Reads a body that must be an object; an absent one is an empty object.</summary>
    public static async Task<RequestBody> ReadAsync(HttpContext context) => await ReadJsonAsync(context) switch
    {
        null => new RequestBody([]),
        JsonObject members => new RequestBody(members),
        var other =>
            throw new ApiException("invalid_body", Language.Fault.Malformed, $"The body must be a JSON object, and is {Kind(other)}.")
        {
            Faults = [new InputFault("$", $"must be an object, and is {Kind(other)}")],
        },
    };

    /// <summary>Reads a body that is any JSON; null when it is absent, or the word null.</summary>
    public static async Task<JsonNode?> ReadJsonAsync(HttpContext context)
    {
        var text = await RequestText.ReadAsync(context, RequestText.Json);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: Rules);
        }
        catch (JsonException malformed)
        {
            var place = malformed.LineNumber is { } line ? $" at line {line + 1}, column {malformed.BytePositionInLine + 1}" : "";
            throw new ApiException("malformed_json", Language.Fault.Malformed, $"The body is not valid JSON{place}: {Reason(malformed)}")
            {
                Faults = [new InputFault(malformed.Path ?? "$", Reason(malformed))],
            };
        }
    }

    /// <summary>A text; null when it is absent.</summary>
    public string? Text(string name, bool required = false, int longest = 4096)
    {
        if (Find(name, required) is not { } node)
        {
            return null;
        }

        if (node.GetValueKind() != JsonValueKind.String)
        {
            Wrong(name, "a string", node);
            return null;
        }

        var text = node.GetValue<string>();
        if (required && text.Length == 0)
        {
            _faults.Add(new InputFault("$." + name, "must not be empty"));
        }
        else if (text.Length > longest)
        {
            _faults.Add(new InputFault("$." + name, $"must be at most {longest} characters long, and has {text.Length}"));
        }

        return text;
    }

    /// <summary>An object, detached; null when it is absent.</summary>
    public JsonObject? Object(string name, bool required = false)
    {
        if (Find(name, required) is not { } node)
        {
            return null;
        }

        if (node is JsonObject value)
        {
            return value.DeepClone().AsObject();
        }

        Wrong(name, "an object", node);
        return null;
    }

    /// <summary>Any value, detached; null when it is absent.</summary>
    public JsonNode? Any(string name) => Find(name, required: false)?.DeepClone();

    /// <summary>A whole number within bounds; null when it is absent.</summary>
    public int? Integer(string name, int least, int most)
    {
        if (Find(name, required: false) is not { } node)
        {
            return null;
        }

        if (node is JsonValue value && value.TryGetValue<int>(out var number) && number >= least && number <= most)
        {
            return number;
        }

        _faults.Add(new InputFault("$." + name, $"must be a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>True or false; the fallback when it is absent.</summary>
    public bool Flag(string name, bool fallback = false)
    {
        if (Find(name, required: false) is not { } node)
        {
            return fallback;
        }

        if (node is JsonValue value && value.TryGetValue<bool>(out var flag))
        {
            return flag;
        }

        Wrong(name, "true or false", node);
        return fallback;
    }

    /// <summary>A time, as UTC; null when it is absent.</summary>
    public DateTime? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.UtcDateTime;
        }

        Fault("$." + name, "must be a time such as 2025-01-31T12:00:00Z");
        return null;
    }

    /// <summary>One of the words of a set; null when it is absent.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (EnumWords.TryRead<T>(text, out var value))
        {
            return value;
        }

        Fault("$." + name, $"must be one of {string.Join(", ", EnumWords.Of<T>())}");
        return null;
    }

    /// <summary>A list of texts; empty when it is absent.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name, required: false) is not { } node)
        {
            return [];
        }

        if (node is JsonArray items && items.All(i => i?.GetValueKind() == JsonValueKind.String))
        {
            return [.. items.Select(i => i!.GetValue<string>())]; // All says so.
        }

        Wrong(name, "a list of strings", node);
        return [];
    }

    /// <summary>A list; empty when it is absent.</summary>
    public JsonArray List(string name, bool required = false)
    {
        if (Find(name, required) is not { } node)
        {
            return [];
        }

        if (node is JsonArray items)
        {
            return items;
        }

        Wrong(name, "a list", node);
        return [];
    }

    /// <summary>Adds a fault of the caller's own finding.</summary>
    public void Fault(string path, string message) => _faults.Add(new InputFault(path, message));

    /// <summary>Throws when anything asked for was missing or wrong, or when a member's name is nearly one that was asked for.</summary>
    public void Check()
    {
        foreach (var name in Members.Select(m => m.Key).Where(n => !_asked.Contains(n)))
        {
            if (NearMiss.Find(name, _asked) is { } meant && !Members.ContainsKey(meant))
            {
                _faults.Add(new InputFault("$." + name, $"is not known here; did you mean '{meant}'?"));
            }
        }

        if (_faults.Count > 0)
        {
            throw new ApiException(
                "invalid_body", Language.Fault.Malformed,
                $"The body does not fit: "
                + $"{string.Join("; ", _faults.Take(3).Select(f => $"{f.Path} {f.Message}"))}{(_faults.Count > 3 ? "; …" : "")}.")
            {
                Faults = _faults,
            };
        }
    }

    private JsonNode? Find(string name, bool required)
    {
        _asked.Add(name);
        var node = Members[name];
        if (node is null && required)
        {
            _faults.Add(new InputFault("$." + name, "is missing"));
        }

        return node;
    }

    private void Wrong(string name, string wanted, JsonNode found) =>
        _faults.Add(new InputFault("$." + name, $"must be {wanted}, and is {Kind(found)}"));

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    // The parser appends the path and the position, which are told apart from the reason.
    private static string Reason(JsonException malformed)
    {
        var end = malformed.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end < 0 ? malformed.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : end;
        return end < 0 ? malformed.Message : malformed.Message[..end];
    }
}
