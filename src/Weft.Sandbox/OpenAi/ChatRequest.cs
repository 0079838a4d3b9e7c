using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>Reads a Chat Completions request, and refuses what the service refuses.</summary>
internal static class ChatRequest
{
    private const int LongestToolName = 64;

    /// <summary>In the service's own spelling.</summary>
    private const string Stray =
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";

    public static (ModelRequest? Request, WireError? Error) Read(JsonNode? body, string? model, TokenMeter tokens)
    {
        if (string.IsNullOrEmpty(model))
        {
            return Bad("you must provide a model parameter");
        }

        if (body.Arr("messages") is not { Count: > 0 } messages)
        {
            return Bad("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        }

        var turns = new List<Turn>();
        foreach (var message in messages)
        {
            var role = message.Str("role");
            if (SpeakerOf(role) is not { } speaker)
            {
                return Bad(
                    $"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'tool', and 'developer'.",
                    $"messages[{turns.Count}].role", "invalid_value");
            }

            turns.Add(ReadTurn(message, speaker));
        }

        if (UnansweredCall(turns) is { } unanswered)
        {
            return (null, unanswered);
        }

        var tools = (body.Arr("tools") ?? []).Select(ReadTool).ToList();
        if (tools.FindIndex(tool => !ToolSpec.IsName(tool.Name, LongestToolName)) is >= 0 and var misnamed)
        {
            return Bad(
                $"Invalid 'tools[{misnamed}].function.name': string does not match pattern. "
                + "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$', at most 64 characters.",
                "tools", "invalid_value");
        }

        var (choice, format) = (body.Get("tool_choice"), body.Obj("response_format"));
        var request = new ModelRequest
        {
            Provider = "openai",
            Model = model,
            Turns = turns,
            Tools = tools,
            MayCall = choice.AsText() != "none",
            MustCall = choice is JsonObject || choice.AsText() == "required",
            ForcedTool = choice.Obj("function").Str("name"),
            Schema = format.Obj("json_schema").Obj("schema"),
            JsonMode = format.Str("type") is "json_object" or "json_schema",
            MaxOutputTokens = body.Int("max_completion_tokens") ?? body.Int("max_tokens"),
            Stop = [.. (body.Arr("stop") ?? [body.Str("stop")]).Select(stop => stop.AsText()).OfType<string>()],
        };
        return ChatRefusal.Of(body, request, tokens) is { } error ? (null, error) : (request, null);
    }

    private static Turn ReadTurn(JsonNode? message, Speaker speaker)
    {
        var text = ReadText(message.Get("content"));
        return speaker switch
        {
            Speaker.Tool => new Turn(speaker, string.Empty)
            {
                Outcomes = [new ToolOutcome(message.Str("tool_call_id") ?? string.Empty, text, IsError: false)],
            },
            Speaker.Assistant => new Turn(speaker, text) { Calls = [.. (message.Arr("tool_calls") ?? []).Select(ReadCall)] },
            _ => new Turn(speaker, text),
        };
    }

    private static string ReadText(JsonNode? content) => content is JsonArray parts
        ? string.Join('\n', parts.Select(part => part.Str("text") ?? $"[{part.Str("type")}]"))
        : content.AsText() ?? string.Empty;

    private static ToolCall ReadCall(JsonNode? call) =>
        new(call.Obj("function").Str("name") ?? string.Empty, JsonReading.Parse(call.Obj("function").Str("arguments")) as JsonObject ?? [])
        {
            Id = call.Str("id") ?? string.Empty,
        };

    private static ToolSpec ReadTool(JsonNode? tool) => new(
        tool.Obj("function").Str("name") ?? string.Empty,
        tool.Obj("function").Str("description") ?? string.Empty,
        tool.Obj("function").Obj("parameters") ?? new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() });

    /// <summary>Each call must be answered by the tool messages right behind it, and each tool message must answer one.</summary>
    private static WireError? UnansweredCall(List<Turn> turns)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < turns.Count; i++)
        {
            if (turns[i].Speaker != Speaker.Tool)
            {
                if (open.Count > 0)
                {
                    break;
                }

                open.UnionWith(turns[i].Calls.Select(call => call.Id));
            }
            else if (!open.Remove(turns[i].Outcomes[0].CallId))
            {
                return new WireError(400, Stray) { Parameter = $"messages.[{i}].role" };
            }
        }

        return open.Count == 0 ? null : new WireError(
            400,
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
            + $"The following tool_call_ids did not have response messages: {string.Join(", ", open)}") { Parameter = "messages" };
    }

    private static Speaker? SpeakerOf(string? role) => role switch
    {
        "system" or "developer" => Speaker.System,
        "user" => Speaker.User,
        "assistant" => Speaker.Assistant,
        "tool" => Speaker.Tool,
        _ => null,
    };

    private static (ModelRequest?, WireError?) Bad(string message, string? parameter = null, string? code = null) =>
        (null, new WireError(400, message) { Parameter = parameter, Code = code });
}
