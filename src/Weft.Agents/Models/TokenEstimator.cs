using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models;

/// <summary>Guesses how many tokens a text will cost, without any model's own vocabulary.</summary>
/// <remarks>
/// Four characters of ASCII make a token, as English text does in every current vocabulary; any other character counts as
/// one, which is right for Chinese or Japanese and on the safe side for the rest. The reply is billed by the provider's own count.
/// </remarks>
public static class TokenEstimator
{
    /// <summary>What the framing of one message costs: its role and separators.</summary>
    public const int PerMessage = 4;

    /// <summary>Room for the reply in an estimate of a whole call.</summary>
    public const int ForReply = 100;

    // A data URI's length says nothing about what an image costs; most vision models bill a typical image at about this.
    private const int PerImage = 1000;

    /// <summary>The tokens of a text, rounded up; at least 1 for a text that is not empty.</summary>
    public static int Estimate(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        long quarters = 0;
        foreach (var c in text)
        {
            quarters += c < '\u0080' ? 1 : char.IsLowSurrogate(c) ? 0 : 4;
        }

        return (int)Math.Min(int.MaxValue / 2, (quarters + 3) / 4);
    }

    /// <summary>The tokens of messages as a whole call: framing, contents, and <see cref="ForReply"/> for the answer.</summary>
    public static int EstimateCall(IEnumerable<ChatTurn> messages) => Prompt(messages) + ForReply;

    /// <summary>The tokens of messages alone.</summary>
    internal static int Prompt(IEnumerable<ChatTurn> messages)
    {
        long tokens = 0;
        foreach (var message in messages)
        {
            tokens += PerMessage + Content(message.Content);
            foreach (var call in message.ToolCalls)
            {
                tokens += PerMessage + Estimate(call.Name) + Content(call.Arguments);
            }
        }

        return (int)Math.Min(int.MaxValue / 2, tokens);
    }

    internal static int Content(JsonNode? content) => content switch
    {
        null => 0,
        JsonValue value when value.TryGetValue<string>(out var text) => text.StartsWith("data:image/", StringComparison.Ordinal) ? PerImage : Estimate(text),
        JsonObject o when PayloadReference.HashOf(o) is not null => (int)Math.Min(int.MaxValue / 4, (o["bytes"]?.GetValue<long>() ?? 0) / 4),
        JsonObject o => o.Sum(p => 2 + Estimate(p.Key) + Content(p.Value)),
        JsonArray a => a.Sum(i => 1 + Content(i)),
        _ => Estimate(content.ToJsonString()),
    };
}
