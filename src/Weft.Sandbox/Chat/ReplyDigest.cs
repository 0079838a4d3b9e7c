using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Chat;

/// <summary>What the log says of a request to a model and of its reply.</summary>
internal static class ReplyDigest
{
    private const int MaxChars = 2048;

    public static JsonObject Of(ModelReply reply)
    {
        var digest = new JsonObject { ["finish"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(reply.Finish.ToString()) };
        if (reply.Text.Length > 0)
        {
            digest["text"] = Digest.Clip(reply.Text, MaxChars);
        }

        if (reply.Calls.Count > 0)
        {
            digest["tool_calls"] = new JsonArray([.. reply.Calls.Select(call => new JsonObject
            {
                ["name"] = call.Name,
                ["arguments"] = Digest.Clip(call.ArgumentsText, MaxChars),
            })]);
        }

        return digest;
    }

    public static JsonObject Of(ModelRequest request, bool stream)
    {
        var digest = new JsonObject
        {
            ["last_user"] = Digest.Clip(request.Said.LastOrDefault(), MaxChars),
            ["messages"] = request.Turns.Count,
        };
        if (request.Tools.Count > 0)
        {
            digest["tools"] = new JsonArray([.. request.Tools.Select(tool => (JsonNode)tool.Name)]);
        }

        if (request.Schema is { } schema)
        {
            digest["schema"] = new JsonArray([.. (schema.Obj("properties") ?? []).Select(property => (JsonNode)property.Key)]);
        }
        else if (request.JsonMode)
        {
            digest["json_mode"] = true;
        }

        if (stream)
        {
            digest["stream"] = true;
        }

        return digest;
    }
}
