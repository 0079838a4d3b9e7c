using System.Text.Json.Nodes;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Gives a reply the form of a message, whole or as a stream of events.</summary>
/// <remarks>Ids follow from <c>Seed</c>; <c>CacheRead</c> and <c>CacheWritten</c> are prompt tokens that came from the cache and went into it.</remarks>
internal sealed record MessagesResponse(ModelRequest Request, ModelReply Reply, string Seed, int CacheRead, int CacheWritten)
{
    private const int EventChars = 24;

    public WireResponse Whole() => WireResponse.Of(Message(Content(), StopReason, Tokens.OfReply(Reply))) with { Digest = ReplyDigest.Of(Reply) };

    public WireResponse Stream(FaultRule? fault)
    {
        var events = new List<string> { Event("message_start", new JsonObject { ["message"] = Message([], stop: null, outputTokens: 1) }), Event("ping", []) };
        var index = 0;
        if (Reply.Text.Length > 0 || Reply.Calls.Count == 0)
        {
            AddBlock(events, index++, new JsonObject { ["type"] = "text", ["text"] = string.Empty }, Reply.Text, piece => new JsonObject { ["type"] = "text_delta", ["text"] = piece });
        }

        for (var i = 0; i < Reply.Calls.Count; i++)
        {
            var call = Reply.Calls[i];
            AddBlock(events, index++, new JsonObject { ["type"] = "tool_use", ["id"] = CallId(i), ["name"] = call.Name, ["input"] = new JsonObject() },
                call.RawArguments ?? SandboxJson.Text(call.Arguments), piece => new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece });
        }

        if (fault?.Kind == FaultKind.StreamError)
        {
            events = events[..Math.Max(1, events.Count / 2)];
            events.Add(Event("error", new JsonObject { ["error"] = new JsonObject { ["type"] = fault.Code ?? "overloaded_error", ["message"] = fault.Message ?? "Overloaded" } }));
        }
        else
        {
            events.Add(Event("message_delta", new JsonObject
            {
                ["delta"] = new JsonObject { ["stop_reason"] = StopReason, ["stop_sequence"] = null },
                ["usage"] = new JsonObject { ["output_tokens"] = Tokens.OfReply(Reply) },
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

    private JsonObject Message(JsonArray content, string? stop, int outputTokens) => new()
    {
        ["id"] = Digest.Id("msg_", Seed),
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = Request.Model,
        ["content"] = content,
        ["stop_reason"] = stop,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = Math.Max(1, Tokens.OfPrompt(Request) - CacheRead - CacheWritten),
            ["cache_creation_input_tokens"] = CacheWritten,
            ["cache_read_input_tokens"] = CacheRead,
            ["output_tokens"] = outputTokens,
            ["service_tier"] = "standard",
        },
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
            JsonObject input = Reply.Calls[i].RawArguments is { } raw ? new() { ["_raw"] = raw } : (JsonObject)Reply.Calls[i].Arguments.DeepClone();
            content.Add(new JsonObject { ["type"] = "tool_use", ["id"] = CallId(i), ["name"] = Reply.Calls[i].Name, ["input"] = input });
        }

        return content;
    }

    private string CallId(int index) => Digest.Id("toolu_", $"{Seed}/{index}");

    private static void AddBlock(List<string> events, int index, JsonObject start, string text, Func<string, JsonObject> delta)
    {
        events.Add(Event("content_block_start", new JsonObject { ["index"] = index, ["content_block"] = start }));
        events.AddRange(TextPieces.Of(text, EventChars).Select(piece => Event("content_block_delta", new JsonObject { ["index"] = index, ["delta"] = delta(piece) })));
        events.Add(Event("content_block_stop", new JsonObject { ["index"] = index }));
    }

    private static string Event(string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        return $"event: {type}\ndata: {SandboxJson.Text(data)}\n\n";
    }
}
