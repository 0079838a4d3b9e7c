using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>Reads a Chat Completions request, and refuses what the service refuses.</summary>
internal static partial class ChatRequest
{
    public static (ModelRequest? Request, WireError? Error) Read(JsonNode? body, string? model)
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
                return Bad($"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'tool', and 'developer'.", $"messages[{turns.Count}].role", "invalid_value");
            }

            turns.Add(ReadTurn(message, speaker));
        }

        if (UnansweredCall(turns) is { } unanswered)
        {
            return (null, unanswered);
        }

        var tools = (body.Arr("tools") ?? []).Select(ReadTool).ToList();
        if (tools.Find(tool => !ToolName().IsMatch(tool.Name)) is { } misnamed)
        {
            return Bad($"Invalid 'tools[{tools.IndexOf(misnamed)}].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$', at most 64 characters.", "tools", "invalid_value");
        }

        var request = new ModelRequest
        {
            Provider = "openai",
            Model = model,
            Turns = turns,
            Tools = tools,
            Choice = ReadChoice(body.Get("tool_choice")),
            AllowParallelCalls = body.Bool("parallel_tool_calls") ?? true,
            Schema = body.Obj("response_format").Obj("json_schema").Obj("schema"),
            JsonMode = body.Obj("response_format").Str("type") is "json_object" or "json_schema",
            MaxOutputTokens = body.Int("max_completion_tokens") ?? body.Int("max_tokens"),
            Stop = body.Get("stop") switch
            {
                JsonArray many => [.. many.Select(item => item.AsText() ?? string.Empty)],
                { } one when one.AsText() is { } text => [text],
                _ => [],
            },
        };
        return Refusal(body, request) is { } error ? (null, error) : (request, null);
    }

    private static WireError? Refusal(JsonNode? body, ModelRequest request)
    {
        var traits = OpenAiModels.TraitsOf(request.Model);
        var format = body.Obj("response_format").Str("type");
        if ((format == "json_schema" && !traits.JsonSchema) || (format == "json_object" && !traits.JsonObject))
        {
            return new WireError(400, $"Invalid parameter: 'response_format' of type '{format}' is not supported with this model.") { Parameter = "response_format" };
        }

        if (format == "json_object" && !request.Turns.Any(turn => turn.Text.Contains("json", StringComparison.OrdinalIgnoreCase)))
        {
            return new WireError(400, "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.") { Parameter = "messages" };
        }

        if (format == "json_schema" && body.Obj("response_format").Obj("json_schema").Str("name") is null)
        {
            return new WireError(400, "Missing required parameter: 'response_format.json_schema.name'.") { Parameter = "response_format.json_schema.name", Code = "missing_required_parameter" };
        }

        if (body.Obj("response_format").Obj("json_schema").Bool("strict") == true && request.Schema is { } schema && StrictSchema.Fault(schema) is { } fault)
        {
            return new WireError(400, $"Invalid schema for response_format '{body.Obj("response_format").Obj("json_schema").Str("name")}': {fault}") { Parameter = "response_format" };
        }

        foreach (var tool in body.Arr("tools") ?? [])
        {
            if (tool.Obj("function") is { } function && function.Bool("strict") == true && function.Obj("parameters") is { } parameters && StrictSchema.Fault(parameters) is { } toolFault)
            {
                return new WireError(400, $"Invalid schema for function '{function.Str("name")}': {toolFault}") { Parameter = "tools", Code = "invalid_function_parameters" };
            }
        }

        if (request.Choice.Kind is ToolChoiceKind.Required or ToolChoiceKind.Named && request.Tools.Count == 0)
        {
            return new WireError(400, "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.") { Parameter = "tool_choice" };
        }

        if (traits.Reasoning && body.Get("max_tokens") is not null)
        {
            return new WireError(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.") { Parameter = "max_tokens", Code = "unsupported_parameter" };
        }

        if (traits.Reasoning && body.Get("temperature").AsNumber() is { } temperature && temperature is not 1)
        {
            return new WireError(400, "Unsupported value: 'temperature' does not support this value with this model. Only the default (1) value is supported.") { Parameter = "temperature", Code = "unsupported_value" };
        }

        var prompt = Tokens.OfPrompt(request);
        return prompt + (request.MaxOutputTokens ?? 0) > traits.ContextWindow
            ? new WireError(400, $"This model's maximum context length is {traits.ContextWindow} tokens. However, your messages resulted in {prompt} tokens and {request.MaxOutputTokens ?? 0} tokens were reserved for the completion. Please reduce the length of either.") { Parameter = "messages", Code = "context_length_exceeded" }
            : null;
    }

    private static Turn ReadTurn(JsonNode? message, Speaker speaker)
    {
        var text = ReadText(message.Get("content"));
        return speaker switch
        {
            Speaker.Tool => new Turn(speaker, string.Empty) { Outcomes = [new ToolOutcome(message.Str("tool_call_id") ?? string.Empty, text, IsError: false)] },
            Speaker.Assistant => new Turn(speaker, text) { Calls = [.. (message.Arr("tool_calls") ?? []).Select(ReadCall)] },
            _ => new Turn(speaker, text),
        };
    }

    private static string ReadText(JsonNode? content)
    {
        if (content is not JsonArray parts)
        {
            return content.AsText() ?? string.Empty;
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(text.Length > 0 ? "\n" : string.Empty).Append(part.Str("text") ?? (part.Str("type") is { } kind and not "text" ? $"[{kind}]" : string.Empty));
        }

        return text.ToString();
    }

    private static ToolCall ReadCall(JsonNode? call) => new(
        call.Str("id") ?? string.Empty,
        call.Obj("function").Str("name") ?? string.Empty,
        JsonReading.TryParse(call.Obj("function").Str("arguments"), out var arguments) && arguments is JsonObject fields ? fields : []);

    private static ToolSpec ReadTool(JsonNode? tool) => new(
        tool.Obj("function").Str("name") ?? string.Empty,
        tool.Obj("function").Str("description") ?? string.Empty,
        tool.Obj("function").Obj("parameters") ?? new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() });

    private static ToolChoice ReadChoice(JsonNode? choice) => choice switch
    {
        JsonObject named => new ToolChoice(ToolChoiceKind.Named, named.Obj("function").Str("name")),
        _ => choice.AsText() switch
        {
            "none" => new ToolChoice(ToolChoiceKind.None),
            "required" => new ToolChoice(ToolChoiceKind.Required),
            _ => ToolChoice.Auto,
        },
    };

    /// <summary>Each call must be answered by the tool messages right behind it, and each tool message must answer one.</summary>
    private static WireError? UnansweredCall(List<Turn> turns)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < turns.Count; i++)
        {
            if (turns[i].Speaker == Speaker.Tool)
            {
                if (!open.Remove(turns[i].Outcomes[0].CallId))
                {
                    return new WireError(400, "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.") { Parameter = $"messages.[{i}].role" };
                }

                continue;
            }

            if (open.Count > 0)
            {
                break;
            }

            open.UnionWith(turns[i].Calls.Select(call => call.Id));
        }

        return open.Count == 0
            ? null
            : new WireError(400, $"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: {string.Join(", ", open)}") { Parameter = "messages" };
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

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
