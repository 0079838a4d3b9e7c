using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Weft.Agents.Models.Providers;

/// <summary>Anthropic's messages: requests and answers.</summary>
internal static class AnthropicWire
{
    /// <summary>The count of prompt tokens that were written to the provider's cache, which cost more than others.</summary>
    public const string CacheWriteCount = "cache_write_tokens";

    private const int DefaultMaxTokens = 4096;

    public static JsonObject Request(string model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var all = messages.ToList();
        var system = string.Join("\n\n", all.Where(m => m.Role == ChatRole.System).Select(m => m.Text).Where(t => t.Length > 0));
        var turns = Turns(all.Where(m => m.Role != ChatRole.System));
        if (turns.Count == 0)
        {
            // The first message is the user's, always; a conversation of instructions alone is said by the user.
            turns.Add(new JsonObject { ["role"] = "user", ["content"] = Texts(system.Length > 0 ? system : ".") });
            system = "";
        }

        var body = new JsonObject
        {
            ["model"] = model,
            ["max_tokens"] = options?.MaxOutputTokens ?? DefaultMaxTokens,
            ["messages"] = turns,
        };
        if (system.Length > 0)
        {
            body["system"] = system;
        }

        if (options is null)
        {
            return body;
        }

        AddTools(body, options);
        if (options.Temperature is { } temperature)
        {
            body["temperature"] = (decimal)Math.Clamp(temperature, 0f, 1f);
        }

        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
        {
            body["output_config"] = new JsonObject
            {
                ["format"] = new JsonObject { ["type"] = "json_schema", ["schema"] = JsonNode.Parse(schema.GetRawText()) },
            };
        }

        if (WireOptions.Stops(options) is { } stops)
        {
            body["stop_sequences"] = stops;
        }

        WireOptions.AddParams(body, options);
        return body;
    }

    public static ChatResponse Reply(JsonElement root)
    {
        if (!root.TryGetProperty("content", out var blocks) || blocks.ValueKind != JsonValueKind.Array)
        {
            throw new WireFailureException(WireStage.Reply, "the reply holds no content");
        }

        var contents = new List<AIContent>();
        foreach (var block in blocks.EnumerateArray())
        {
            switch (ReplyJson.Text(block, "type"))
            {
                case "text" when ReplyJson.Text(block, "text") is { Length: > 0 } text:
                    contents.Add(new TextContent(text));
                    break;
                case "tool_use" when ReplyJson.Text(block, "name") is { Length: > 0 } name:
                    var id = ReplyJson.Text(block, "id") is { Length: > 0 } given ? given : $"toolu_{Guid.NewGuid():N}"[..24];
                    contents.Add(ReplyJson.ToolCall(id, name, block.TryGetProperty("input", out var input) ? input : default));
                    break;
            }
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = ReplyJson.Text(root, "id"),
            ModelId = ReplyJson.Text(root, "model"),
            FinishReason = Finish(ReplyJson.Text(root, "stop_reason"), contents.OfType<FunctionCallContent>().Any()),
            Usage = Usage(root),
        };
    }

    private static void AddTools(JsonObject body, ChatOptions options)
    {
        var tools = options.Tools?.OfType<AIFunctionDeclaration>().ToList();
        if (tools is not { Count: > 0 })
        {
            return;
        }

        body["tools"] = new JsonArray([.. tools.Select(t => new JsonObject
        {
            ["name"] = t.Name,
            ["description"] = t.Description,
            ["input_schema"] = JsonNode.Parse(t.JsonSchema.GetRawText()),
        })]);
        body["tool_choice"] = options.ToolMode switch
        {
            NoneChatToolMode => new JsonObject { ["type"] = "none" },
            RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject { ["type"] = "tool", ["name"] = name },
            RequiredChatToolMode => new JsonObject { ["type"] = "any" },
            _ => new JsonObject { ["type"] = "auto" },
        };
    }

    // Neighbours of one role become one message; the results of one turn's tools must.
    private static JsonArray Turns(IEnumerable<ChatMessage> messages)
    {
        var turns = new JsonArray();
        foreach (var message in messages)
        {
            var role = message.Role == ChatRole.Assistant ? "assistant" : "user";
            var blocks = Blocks(message);
            if (blocks.Count == 0)
            {
                continue;
            }

            if (turns.Count > 0 && turns[^1]!["role"]!.GetValue<string>() == role)
            {
                var content = turns[^1]!["content"]!.AsArray();
                foreach (var block in blocks.ToList())
                {
                    blocks.Remove(block);
                    content.Add(block);
                }
            }
            else
            {
                if (turns.Count == 0 && role == "assistant")
                {
                    turns.Add(new JsonObject { ["role"] = "user", ["content"] = Texts("Go on.") });
                }

                turns.Add(new JsonObject { ["role"] = role, ["content"] = blocks });
            }
        }

        foreach (var turn in turns)
        {
            ResultsFirst(turn!["content"]!.AsArray());
        }

        return turns;
    }

    private static void ResultsFirst(JsonArray blocks)
    {
        if (blocks.Any(IsResult) && !blocks.TakeWhile(IsResult).SequenceEqual(blocks.Where(IsResult)))
        {
            var ordered = blocks.OrderBy(b => IsResult(b) ? 0 : 1).ToList();
            blocks.Clear();
            ordered.ForEach(blocks.Add);
        }

        static bool IsResult(JsonNode? block) => (string?)block?["type"] == "tool_result";
    }

    private static JsonArray Blocks(ChatMessage message)
    {
        var blocks = new JsonArray();
        foreach (var content in message.Contents)
        {
            if (Block(content) is { } block)
            {
                blocks.Add(block);
            }
        }

        return blocks;
    }

    private static JsonObject? Block(AIContent content) => content switch
    {
        TextContent { Text.Length: > 0 } text => new() { ["type"] = "text", ["text"] = text.Text },
        FunctionCallContent call => new()
        {
            ["type"] = "tool_use",
            ["id"] = Id(call.CallId),
            ["name"] = call.Name,
            ["input"] = WireOptions.ArgumentsNode(call),
        },
        FunctionResultContent result => new()
        {
            ["type"] = "tool_result",
            ["tool_use_id"] = Id(result.CallId),
            ["content"] = WireOptions.ResultText(result),
        },
        DataContent data => Image(new() { ["type"] = "base64", ["media_type"] = data.MediaType, ["data"] = data.Base64Data.ToString() }),
        UriContent uri => Image(new() { ["type"] = "url", ["url"] = uri.Uri.ToString() }),
        _ => null,
    };

    private static JsonObject Image(JsonObject source) => new() { ["type"] = "image", ["source"] = source };

    private static JsonArray Texts(string text) => [new JsonObject { ["type"] = "text", ["text"] = text }];

    // Ids of another provider's turn may hold what this one refuses.
    private static string Id(string id) => string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));

    private static ChatFinishReason Finish(string? reason, bool calls) => reason switch
    {
        null or "" => throw new WireFailureException(WireStage.Reply, "the reply was cut off: it names no stop reason"),
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "refusal" => ChatFinishReason.ContentFilter,
        "tool_use" => ChatFinishReason.ToolCalls,
        _ when calls => ChatFinishReason.ToolCalls,
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        _ => new ChatFinishReason("other"),
    };

    // The count of input tokens leaves out what was read from the cache or written to it; ours is the whole prompt.
    private static UsageDetails? Usage(JsonElement root)
    {
        if (ReplyJson.Count(root, "usage", "input_tokens") is not { } input)
        {
            return null;
        }

        var read = ReplyJson.Count(root, "usage", "cache_read_input_tokens") ?? 0;
        var written = ReplyJson.Count(root, "usage", "cache_creation_input_tokens") ?? 0;
        return new UsageDetails
        {
            InputTokenCount = input + read + written,
            OutputTokenCount = ReplyJson.Count(root, "usage", "output_tokens") ?? 0,
            CachedInputTokenCount = read,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [CacheWriteCount] = written },
        };
    }
}
