using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Weft.Agents.Models.Providers;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Calls;

/// <summary>Makes of a provider's answer what an orchestrator sees.</summary>
internal static class ReplyReading
{
    /// <summary>The message: text, and the tool calls it asks for.</summary>
    public static ChatTurn Message(ChatResponse response)
    {
        var text = response.Text;
        return new ChatTurn
        {
            Role = "assistant",
            Content = text.Length > 0 ? JsonValue.Create(text) : null,
            ToolCalls = [.. Calls(response).Select(c => new ToolInvocation(c.CallId, c.Name, Arguments(c), c.Exception?.Message))],
        };
    }

    public static string FinishReason(ChatResponse response)
    {
        var reason = response.FinishReason;
        return reason == ChatFinishReason.Length ? "length"
            : reason == ChatFinishReason.ContentFilter ? "content_filter"
            : reason == ChatFinishReason.ToolCalls || Calls(response).Any() ? "tool_calls"
            : reason == ChatFinishReason.Stop ? "stop"
            : "other";
    }

    /// <summary>Whether the model said nothing at all, and had no reason not to.</summary>
    public static bool IsEmpty(ChatResponse response) =>
        string.IsNullOrWhiteSpace(response.Text) && !Calls(response).Any() && FinishReason(response) is not ("length" or "content_filter");

    /// <summary>The provider's count, or our own when it gave none: a call is never free for want of a count.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="call">What was asked.</param>
    /// <param name="tokensOf">The tokens of a text.</param>
    public static TokenUsage Usage(ChatResponse response, PreparedCall call, Func<string, int> tokensOf)
    {
        if (response.Usage is { InputTokenCount: { } input } usage)
        {
            return new TokenUsage(input, usage.OutputTokenCount ?? 0) { CachedInputTokens = usage.CachedInputTokenCount ?? 0 };
        }

        var output = tokensOf(response.Text) + Calls(response).Sum(c => 8 + tokensOf(WireOptions.ArgumentsText(c)));
        return new TokenUsage(call.Prompt.Tokens(tokensOf), output) { Estimated = true };
    }

    public static long CacheWrites(ChatResponse response) =>
        response.Usage?.AdditionalCounts is { } counts && counts.TryGetValue(AnthropicWire.CacheWriteCount, out var written) ? written : 0;

    private static IEnumerable<FunctionCallContent> Calls(ChatResponse response) =>
        response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>();

    private static JsonObject? Arguments(FunctionCallContent call)
    {
        if (call.Exception is not null)
        {
            return null;
        }

        var arguments = new JsonObject();
        foreach (var (name, value) in call.Arguments ?? new Dictionary<string, object?>())
        {
            arguments[name] = value is JsonElement element ? JsonNode.Parse(element.GetRawText()) : JsonSerializer.SerializeToNode(value);
        }

        return arguments;
    }
}
