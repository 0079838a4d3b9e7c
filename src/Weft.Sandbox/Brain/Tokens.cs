using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Counts tokens the plain way, four characters each: close to the services' own counts for English, and the same everywhere.</summary>
internal static class Tokens
{
    /// <summary>What a message costs beyond its text.</summary>
    private const int PerMessage = 4;

    public static int Of(string text) => (text.Length + 3) / 4;

    public static int OfPrompt(ModelRequest request) =>
        request.Turns.Sum(turn => PerMessage + Of(turn.AllText())) + OfTools(request)
        + (request.Schema is { } schema ? Of(schema.ToJsonString()) : 0);

    /// <summary>What repeats across the turns of a conversation: system text and tools. Caches work on it.</summary>
    public static int OfPrefix(ModelRequest request) => Of(request.System) + OfTools(request);

    public static int OfReply(ModelReply reply) =>
        Math.Max(1, Of(reply.Text) + reply.Calls.Sum(call => 8 + Of(call.Name) + Of(call.RawArguments ?? SandboxJson.Text(call.Arguments))));

    private static int OfTools(ModelRequest request) =>
        request.Tools.Sum(tool => 8 + Of(tool.Name) + Of(tool.Description) + Of(tool.Schema.ToJsonString()));
}
