using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Weft.Agents.Models.Providers;

/// <summary>OpenAI's chat completions: requests, and answers of OpenAI and of all that resemble it.</summary>
internal static class OpenAiWire
{
    public static JsonObject Request(string model, string maxTokensField, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var body = new JsonObject { ["model"] = model, ["messages"] = Messages(messages) };
        if (options is null)
        {
            return body;
        }

        AddTools(body, options);
        if (options.Temperature is { } temperature)
        {
            // As the decimal that was meant: 0.2f is not 0.2 in a double.
            body["temperature"] = (decimal)temperature;
        }

        if (options.MaxOutputTokens is { } limit)
        {
            body[maxTokensField] = limit;
        }

        if (options.ResponseFormat is ChatResponseFormatJson json)
        {
            body["response_format"] = ResponseFormat(json);
        }

        if (WireOptions.Stops(options) is { } stops)
        {
            body["stop"] = stops;
        }

        WireOptions.AddParams(body, options);
        return body;
    }

    public static ChatResponse Reply(JsonElement root)
    {
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0
            || choices[0].ValueKind != JsonValueKind.Object
            || !choices[0].TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object)
        {
            throw new WireFailureException(WireStage.Reply, "the reply holds no choice with a message");
        }

        var contents = new List<AIContent>();
        var refusal = ReplyJson.Text(message, "refusal");
        if ((ContentText(message) is { Length: > 0 } said ? said : refusal) is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        var calls = ToolCalls(message);
        contents.AddRange(calls);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = ReplyJson.Text(root, "id"),
            ModelId = ReplyJson.Text(root, "model"),
            FinishReason = refusal is { Length: > 0 }
                ? ChatFinishReason.ContentFilter
                : Finish(ReplyJson.Text(choices[0], "finish_reason"), calls.Count > 0),
            Usage = Usage(root),
        };
    }

    private static JsonObject ResponseFormat(ChatResponseFormatJson json) => json.Schema is not { } schema
        ? new() { ["type"] = "json_object" }
        : new()
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject
            {
                ["name"] = json.SchemaName ?? "answer",
                ["strict"] = true,
                ["schema"] = JsonNode.Parse(schema.GetRawText()),
            },
        };

    private static void AddTools(JsonObject body, ChatOptions options)
    {
        var tools = options.Tools?.OfType<AIFunctionDeclaration>().ToList();
        if (tools is not { Count: > 0 })
        {
            return;
        }

        body["tools"] = new JsonArray([.. tools.Select(t => new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = t.Name,
                ["description"] = t.Description,
                ["parameters"] = JsonNode.Parse(t.JsonSchema.GetRawText()),
            },
        })]);
        body["tool_choice"] = options.ToolMode switch
        {
            NoneChatToolMode => "none",
            RequiredChatToolMode { RequiredFunctionName: { } name } =>
                new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } },
            RequiredChatToolMode => "required",
            _ => "auto",
        };
    }

    private static JsonArray Messages(IEnumerable<ChatMessage> messages)
    {
        var wire = new JsonArray();
        foreach (var message in messages)
        {
            var results = message.Contents.OfType<FunctionResultContent>().ToList();
            foreach (var result in results)
            {
                wire.Add(new JsonObject
                {
                    ["role"] = "tool",
                    ["tool_call_id"] = result.CallId,
                    ["content"] = WireOptions.ResultText(result),
                });
            }

            if (results.Count == 0)
            {
                wire.Add(Message(message));
            }
        }

        return wire;
    }

    private static JsonObject Message(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var wire = new JsonObject { ["role"] = message.Role.Value, ["content"] = Content(message) };
        if (calls.Count > 0)
        {
            wire["tool_calls"] = new JsonArray([.. calls.Select(c => new JsonObject
            {
                ["id"] = c.CallId,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = c.Name, ["arguments"] = WireOptions.ArgumentsText(c) },
            })]);
        }

        return wire;
    }

    private static JsonNode? Content(ChatMessage message)
    {
        if (message.Contents.All(c => c is TextContent or FunctionCallContent))
        {
            var text = message.Text;
            return text.Length > 0 || message.Role != ChatRole.Assistant ? text : null;
        }

        var parts = new JsonArray();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextContent text:
                    parts.Add(new JsonObject { ["type"] = "text", ["text"] = text.Text });
                    break;
                case DataContent data:
                    parts.Add(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = data.Uri } });
                    break;
                case UriContent uri:
                    parts.Add(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = uri.Uri.ToString() } });
                    break;
            }
        }

        return parts;
    }

    private static string? ContentText(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            return null;
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString(),
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(p => ReplyJson.Text(p, "text"))),
            _ => null,
        };
    }

    private static List<FunctionCallContent> ToolCalls(JsonElement message)
    {
        var calls = new List<FunctionCallContent>();
        if (!message.TryGetProperty("tool_calls", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return calls;
        }

        foreach (var call in list.EnumerateArray())
        {
            var function = call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var f) ? f : call;
            if (ReplyJson.Text(function, "name") is { Length: > 0 } name)
            {
                // Some servers give calls no id; the answer to one needs something to name it by.
                var id = ReplyJson.Text(call, "id") is { Length: > 0 } given ? given : $"call_{Guid.NewGuid():N}"[..24];
                calls.Add(ReplyJson.ToolCall(id, name, function.TryGetProperty("arguments", out var arguments) ? arguments : default));
            }
        }

        return calls;
    }

    private static ChatFinishReason Finish(string? reason, bool calls) => reason switch
    {
        "error" => throw new WireFailureException(WireStage.Status, "the reply ended in an error") { Status = 502 },
        "length" or "max_tokens" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ when calls => ChatFinishReason.ToolCalls,
        null or "" or "stop" or "eos" or "end_turn" or "tool_calls" or "function_call" => ChatFinishReason.Stop,
        _ => new ChatFinishReason("other"),
    };

    private static UsageDetails? Usage(JsonElement root) => ReplyJson.Count(root, "usage", "prompt_tokens") is { } input
        ? new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = ReplyJson.Count(root, "usage", "completion_tokens") ?? 0,
            CachedInputTokenCount = ReplyJson.Count(root, "usage", "prompt_tokens_details", "cached_tokens")
                ?? ReplyJson.Count(root, "usage", "prompt_cache_hit_tokens"),
            ReasoningTokenCount = ReplyJson.Count(root, "usage", "completion_tokens_details", "reasoning_tokens"),
        }
        : null;
}
