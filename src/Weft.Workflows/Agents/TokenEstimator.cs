using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Agents;

/// <summary>Estimates tokens before a call, without a tokenizer. What is billed is the provider's own count.</summary>
/// <remarks>
/// Rules of thumb that hold for byte-pair vocabularies of about 100,000 entries: a Latin word of up to 6 letters is one token
/// and each further 5 letters one more; digits go three to a token; each mark of punctuation is half a token (they pair up
/// in code); a run of spaces is free before a word, and one token for each 8 when it indents; a Han, kana or Hangul character
/// is one token (0.8 to 1.3 in practice); letters of other scripts go two to a token; an emoji is two.
/// </remarks>
public static class TokenEstimator
{
    /// <summary>The tokens of a message besides its text: its role and its ends.</summary>
    public const int PerMessage = 4;

    /// <summary>Room for the reply.</summary>
    public const int ReplyRoom = 100;

    /// <summary>The tokens of a text.</summary>
    /// <returns>Rounded up; 0 for an empty text, else at least 1.</returns>
    public static int Estimate(string text)
    {
        double tokens = 0;
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            var start = i;
            if (char.IsAsciiLetter(c))
            {
                while (++i < text.Length && char.IsAsciiLetter(text[i]))
                {
                }

                tokens += 1 + (Math.Max(0, i - start - 6) / 5.0);
            }
            else if (char.IsAsciiDigit(c))
            {
                while (++i < text.Length && char.IsAsciiDigit(text[i]))
                {
                }

                tokens += Math.Ceiling((i - start) / 3.0);
            }
            else if (char.IsWhiteSpace(c))
            {
                while (++i < text.Length && char.IsWhiteSpace(text[i]))
                {
                }

                tokens += i - start == 1 && c == ' ' ? 0 : Math.Ceiling((i - start) / 8.0);
            }
            else
            {
                i++;
                tokens += c < 128 ? 0.5 : char.IsSurrogate(c) || IsIdeographic(c) ? 1 : 0.5;
            }
        }

        return (int)Math.Min(int.MaxValue, Math.Ceiling(tokens));
    }

    /// <summary>The tokens of a whole call: 4 a message, the texts, the tools' parameters, and 100 for the reply.</summary>
    public static int Estimate(IEnumerable<ChatTurn> messages, IEnumerable<ToolReference> tools)
    {
        long tokens = ReplyRoom;
        foreach (var message in messages)
        {
            tokens += PerMessage + OfContent(message.Content);
            foreach (var call in message.ToolCalls)
            {
                tokens += PerMessage + Estimate(call.Name) + OfContent(call.Arguments);
            }
        }

        foreach (var tool in tools)
        {
            // A tool without known parameters: what a schema of three properties comes to.
            tokens += PerMessage + Estimate(tool.ModelName) + Estimate(tool.Description ?? "")
                + (tool.Parameters is { } parameters ? OfContent(parameters) : 60);
        }

        return (int)Math.Min(int.MaxValue, tokens);
    }

    private static int OfContent(JsonNode? content) => content switch
    {
        null => 0,
        JsonValue value when value.TryGetValue<string>(out var text) => Estimate(text),
        JsonObject stored when PayloadReference.HashOf(stored) is not null && stored["bytes"] is { } bytes =>
            (int)Math.Min(int.MaxValue, bytes.GetValue<long>() / 4),
        _ => Estimate(content.ToJsonString(WeftJson.Options)),
    };

    private static bool IsIdeographic(char c) => c is >= '\u2E80' and <= '\uA4CF' or >= '\uAC00' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF' or >= '\uFF00' and <= '\uFFEF';
}
