using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>Gives a reply the form of a Chat Completion, whole or as a stream. Ids follow from <c>Seed</c>.</summary>
internal sealed record ChatResponse(ModelRequest Request, ModelReply Reply, string Seed, DateTimeOffset Created, ChatUsage Usage)
{
    public WireResponse Whole()
    {
        var choice = new JsonObject { ["index"] = 0, ["message"] = Message(), ["logprobs"] = null, ["finish_reason"] = FinishReason };
        var body = Envelope("chat.completion", new JsonArray(choice), Usage.ToJson());
        body["service_tier"] = "default";
        return WireResponse.Of(body) with { Digest = ReplyDigest.Of(Reply) };
    }

    public WireResponse Stream(bool includeUsage, FaultRule? fault)
    {
        var first = new JsonObject { ["role"] = "assistant", ["content"] = Reply.Calls.Count > 0 ? null : string.Empty };
        var chunks = new List<string> { Chunk(first) };
        var part = Reply.Finish == FinishKind.Refusal ? "refusal" : "content";
        chunks.AddRange(TextPieces.Of(Reply.Text).Select(piece => Chunk(new JsonObject { [part] = piece })));
        for (var i = 0; i < Reply.Calls.Count; i++)
        {
            var index = i;
            chunks.Add(Chunk(CallDelta(i, new JsonObject { ["name"] = Reply.Calls[i].Name, ["arguments"] = string.Empty }, CallId(i))));
            chunks.AddRange(TextPieces.Of(Reply.Calls[i].ArgumentsText)
                .Select(piece => Chunk(CallDelta(index, new JsonObject { ["arguments"] = piece }, id: null))));
        }

        if (fault?.Kind == FaultKind.StreamError)
        {
            chunks = chunks[..Math.Max(1, chunks.Count / 2)];
            var message = fault.Message ?? "The server had an error while processing your request.";
            var error = new JsonObject { ["message"] = message, ["type"] = "server_error", ["param"] = null, ["code"] = fault.Code };
            chunks.Add(Data(new JsonObject { ["error"] = error }));
        }
        else
        {
            chunks.Add(Chunk([], FinishReason));
            if (includeUsage)
            {
                chunks.Add(Data(Envelope("chat.completion.chunk", [], Usage.ToJson())));
            }

            chunks.Add("data: [DONE]\n\n");
        }

        return new WireResponse { ContentType = WireResponse.EventStream, Chunks = chunks, Digest = ReplyDigest.Of(Reply) };
    }

    private string FinishReason => Reply.Finish switch
    {
        FinishKind.ToolCalls => "tool_calls",
        FinishKind.Length => "length",
        _ => "stop",
    };

    private JsonObject Message()
    {
        var refused = Reply.Finish == FinishKind.Refusal;
        var message = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = refused || (Reply.Calls.Count > 0 && Reply.Text.Length == 0) ? null : Reply.Text,
            ["refusal"] = refused ? Reply.Text : null,
            ["annotations"] = new JsonArray(),
        };
        if (Reply.Calls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. Reply.Calls.Select((call, i) => new JsonObject
            {
                ["id"] = CallId(i),
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.ArgumentsText },
            })]);
        }

        return message;
    }

    private string CallId(int index) => Digest.Id("call_", $"{Seed}/{index}");

    private static JsonObject CallDelta(int index, JsonObject function, string? id)
    {
        var call = new JsonObject { ["index"] = index, ["function"] = function };
        if (id is not null)
        {
            call.Insert(1, "id", id);
            call.Insert(2, "type", "function");
        }

        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private string Chunk(JsonObject delta, string? finish = null)
    {
        var choice = new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish };
        return Data(Envelope("chat.completion.chunk", new JsonArray(choice), usage: null));
    }

    private JsonObject Envelope(string kind, JsonArray choices, JsonObject? usage) => new()
    {
        ["id"] = Digest.Id("chatcmpl-", Seed),
        ["object"] = kind,
        ["created"] = Created.ToUnixTimeSeconds(),
        ["model"] = Request.Model,
        ["system_fingerprint"] = "fp_sandbox",
        ["choices"] = choices,
        ["usage"] = usage,
    };

    private static string Data(JsonObject data) => $"data: {SandboxJson.Text(data)}\n\n";
}
