using System.Text.Json.Nodes;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>Gives a reply the form of a Chat Completion, whole or as a stream.</summary>
/// <remarks>Ids follow from <c>Seed</c>; <c>CachedTokens</c> are prompt tokens that came from the cache.</remarks>
internal sealed record ChatResponse(ModelRequest Request, ModelReply Reply, string Seed, DateTimeOffset Created, int CachedTokens)
{
    /// <summary>How much text or how many characters of arguments an event carries.</summary>
    private const int EventChars = 24;

    public WireResponse Whole() => WireResponse.Of(new JsonObject
    {
        ["id"] = Id,
        ["object"] = "chat.completion",
        ["created"] = Created.ToUnixTimeSeconds(),
        ["model"] = Request.Model,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = Message(),
            ["logprobs"] = null,
            ["finish_reason"] = FinishReason,
        }),
        ["usage"] = Usage(),
        ["service_tier"] = "default",
        ["system_fingerprint"] = "fp_sandbox",
    }) with { Digest = ReplyDigest.Of(Reply) };

    public WireResponse Stream(bool includeUsage, FaultRule? fault)
    {
        var chunks = new List<string> { Chunk(new JsonObject { ["role"] = "assistant", ["content"] = Reply.Calls.Count > 0 ? null : string.Empty }) };
        if (Reply.Finish == FinishKind.Refusal)
        {
            chunks.AddRange(Pieces(Reply.Text).Select(piece => Chunk(new JsonObject { ["refusal"] = piece })));
        }
        else
        {
            chunks.AddRange(Pieces(Reply.Text).Select(piece => Chunk(new JsonObject { ["content"] = piece })));
        }

        for (var i = 0; i < Reply.Calls.Count; i++)
        {
            var index = i;
            chunks.Add(Chunk(CallDelta(index, new JsonObject { ["name"] = Reply.Calls[i].Name, ["arguments"] = string.Empty }, CallId(index))));
            chunks.AddRange(Pieces(ArgumentsOf(Reply.Calls[i])).Select(piece => Chunk(CallDelta(index, new JsonObject { ["arguments"] = piece }, id: null))));
        }

        if (fault?.Kind == FaultKind.StreamError)
        {
            chunks = chunks[..Math.Max(1, chunks.Count / 2)];
            chunks.Add(Data(new JsonObject { ["error"] = new JsonObject { ["message"] = fault.Message ?? "The server had an error while processing your request.", ["type"] = "server_error", ["param"] = null, ["code"] = fault.Code } }));
        }
        else
        {
            chunks.Add(Chunk([], FinishReason));
            if (includeUsage)
            {
                chunks.Add(Data(Envelope([], Usage())));
            }

            chunks.Add("data: [DONE]\n\n");
        }

        return new WireResponse { ContentType = WireResponse.EventStream, Chunks = chunks, Digest = ReplyDigest.Of(Reply) };
    }

    private string Id => Digest.Id("chatcmpl-", Seed);

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
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = ArgumentsOf(call) },
            })]);
        }

        return message;
    }

    private JsonObject Usage()
    {
        var prompt = Tokens.OfPrompt(Request);
        var completion = Tokens.OfReply(Reply);
        return new JsonObject
        {
            ["prompt_tokens"] = prompt,
            ["completion_tokens"] = completion,
            ["total_tokens"] = prompt + completion,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = CachedTokens, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0, ["audio_tokens"] = 0, ["accepted_prediction_tokens"] = 0, ["rejected_prediction_tokens"] = 0 },
        };
    }

    private string CallId(int index) => Digest.Id("call_", $"{Seed}/{index}");

    private static string ArgumentsOf(PlannedCall call) => call.RawArguments ?? SandboxJson.Text(call.Arguments);

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

    private string Chunk(JsonObject delta, string? finish = null) =>
        Data(Envelope(new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish }), usage: null));

    private JsonObject Envelope(JsonArray choices, JsonObject? usage) => new()
    {
        ["id"] = Id,
        ["object"] = "chat.completion.chunk",
        ["created"] = Created.ToUnixTimeSeconds(),
        ["model"] = Request.Model,
        ["system_fingerprint"] = "fp_sandbox",
        ["choices"] = choices,
        ["usage"] = usage,
    };

    private static string Data(JsonObject data) => $"data: {SandboxJson.Text(data)}\n\n";

    private static IEnumerable<string> Pieces(string text) => TextPieces.Of(text, EventChars);
}
