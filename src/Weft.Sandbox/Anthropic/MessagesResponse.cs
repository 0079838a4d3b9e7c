using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Gives a reply the form of a message, whole or as a stream of events. Ids follow from <c>Seed</c>.</summary>
internal sealed record MessagesResponse(ModelRequest Request, ModelReply Reply, string Seed, MessagesUsage Usage)
{
    public WireResponse Whole() => WireResponse.Of(Message(Content(), StopReason, Usage)) with { Digest = ReplyDigest.Of(Reply) };

    public WireResponse Stream(FaultRule? fault)
    {
        var start = new JsonObject { ["message"] = Message([], stop: null, Usage with { Output = 1 }) };
        var events = new List<string> { Event("message_start", start), Event("ping", []) };
        var index = 0;
        if (Reply.Text.Length > 0 || Reply.Calls.Count == 0)
        {
            AddBlock(events, index++, new JsonObject { ["type"] = "text", ["text"] = string.Empty }, "text_delta", "text", Reply.Text);
        }

        for (var i = 0; i < Reply.Calls.Count; i++)
        {
            var call = Reply.Calls[i];
            var block = new JsonObject { ["type"] = "tool_use", ["id"] = CallId(i), ["name"] = call.Name, ["input"] = new JsonObject() };
            AddBlock(events, index++, block, "input_json_delta", "partial_json", call.ArgumentsText);
        }

        if (fault?.Kind == FaultKind.StreamError)
        {
            events = events[..Math.Max(1, events.Count / 2)];
            var error = new JsonObject { ["type"] = fault.Code ?? "overloaded_error", ["message"] = fault.Message ?? "Overloaded" };
            events.Add(Event("error", new JsonObject { ["error"] = error }));
        }
        else
        {
            events.Add(Event("message_delta", new JsonObject
            {
                ["delta"] = new JsonObject { ["stop_reason"] = StopReason, ["stop_sequence"] = null },
                ["usage"] = new JsonObject { ["output_tokens"] = Usage.Output },
            }));
            events.Add(Event("message_stop", []));
        }

        return new WireResponse { ContentType = WireResponse.EventStream, Chunks = events, Digest = ReplyDigest.Of(Reply) };
    }

    private string StopReason => Reply.Finish switch
    {
        FinishKind.ToolCalls => "tool_use",
        FinishKind.Length => "max_tokens",
        FinishKind.Refusal => "refusal",
        FinishKind.StopSequence => "stop_sequence",
        _ => "end_turn",
    };

    private JsonObject Message(JsonArray content, string? stop, MessagesUsage usage) => new()
    {
        ["id"] = Digest.Id("msg_", Seed),
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = Request.Model,
        ["content"] = content,
        ["stop_reason"] = stop,
        ["stop_sequence"] = null,
        ["usage"] = usage.ToJson(),
    };

    private JsonArray Content()
    {
        var content = new JsonArray();
        if (Reply.Text.Length > 0)
        {
            content.Add(new JsonObject { ["type"] = "text", ["text"] = Reply.Text });
        }

        for (var i = 0; i < Reply.Calls.Count; i++)
        {
            // The API answers parsed input, so arguments that do not parse can only travel as an object that holds them.
            var call = Reply.Calls[i];
            var input = call.RawArguments is { } raw ? new JsonObject { ["_raw"] = raw } : call.Arguments.DeepClone();
            content.Add(new JsonObject { ["type"] = "tool_use", ["id"] = CallId(i), ["name"] = call.Name, ["input"] = input });
        }

        return content;
    }

    private string CallId(int index) => Digest.Id("toolu_", $"{Seed}/{index}");

    private static void AddBlock(List<string> events, int index, JsonObject start, string delta, string part, string text)
    {
        events.Add(Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = start }));
        events.AddRange(TextPieces.Of(text).Select(piece => new JsonObject { ["type"] = delta, [part] = piece })
            .Select(change => Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = change })));
        events.Add(Event("content_block_stop", new JsonObject { ["index"] = index }));
    }

    private static string Event(string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        return $"event: {type}\ndata: {SandboxJson.Text(data)}\n\n";
    }
}
