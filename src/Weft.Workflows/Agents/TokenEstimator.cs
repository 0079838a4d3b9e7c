using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Agents;

/// <summary>
/// Estimates the tokens of texts and calls, without a vocabulary: the one estimate that routing, traces and reservations go by.
/// </summary>
/// <remarks>
/// Rules of thumb that hold for byte-pair vocabularies of 100,000 to 200,000 entries (<see cref="TextRuns"/>). For ten kinds of text,
/// from prose to base64, tests hold that no count is more than twice its estimate. Deterministic: the same text has the same estimate
/// everywhere.
/// </remarks>
public static class TokenEstimator
{
    /// <summary>The tokens of a message besides its text: its role and its ends.</summary>
    public const int PerMessage = 4;

    /// <summary>
    /// The tokens of an image: a data URI's length says nothing about it; most vision models bill a typical one at about this.
    /// </summary>
    public const int PerImage = 1_000;

    /// <summary>Room for the reply in an estimate of a whole call.</summary>
    public const int ReplyRoom = 100;

    private const string ImageStart = "data:image/";

    /// <summary>The tokens of a text.</summary>
    /// <returns>Rounded up; 0 for an empty text, else at least 1.</returns>
    public static int Estimate(string text) => Whole(TextRuns.Tokens(text, TextClasses.All));

    /// <summary>The tokens of a whole call: 4 a message, the texts, the tools' parameters, and 100 for the reply.</summary>
    public static int Estimate(IEnumerable<ChatTurn> messages, IEnumerable<ToolReference> tools) =>
        OfCall(messages, tools, Estimate, OfTree);

    /// <summary>The size of a call by words and digits alone, which says how much it has grown.</summary>
    /// <remarks>
    /// Whether to route anew is decided by it, and an execution must decide as it did when it is replayed: it never changes.
    /// </remarks>
    internal static int Size(IEnumerable<ChatTurn> messages, IEnumerable<ToolReference> tools) =>
        OfCall(messages, tools, Words, node => Words(node.ToJsonString(WeftJson.Options)));

    private static int OfCall(
        IEnumerable<ChatTurn> messages, IEnumerable<ToolReference> tools, Func<string, int> ofText, Func<JsonNode, int> ofTree)
    {
        long tokens = ReplyRoom;
        foreach (var message in messages)
        {
            tokens += PerMessage + OfContent(message.Content);
            foreach (var call in message.ToolCalls)
            {
                tokens += PerMessage + ofText(call.Name) + OfContent(call.Arguments);
            }
        }

        foreach (var tool in tools)
        {
            // A tool without known parameters: what a schema of three properties comes to.
            tokens += PerMessage + ofText(tool.ModelName) + ofText(tool.Description ?? "")
                + (tool.Parameters is { } parameters ? OfContent(parameters) : 60);
        }

        return (int)Math.Min(int.MaxValue, tokens);

        int OfContent(JsonNode? content) => content switch
        {
            null => 0,
            JsonValue value when value.TryGetValue<string>(out var text) => ofText(text),
            JsonObject stored when PayloadReference.HashOf(stored) is not null && stored["bytes"] is { } bytes =>
                (int)Math.Min(int.MaxValue, bytes.GetValue<long>() / 4),
            _ => ofTree(content),
        };
    }

    private static int OfTree(JsonNode node)
    {
        var text = node.ToJsonString(WeftJson.Options);
        return text.Contains('"' + ImageStart, StringComparison.Ordinal) ? OfParts(node) : Estimate(text);
    }

    private static int OfParts(JsonNode? node) => node switch
    {
        JsonObject o => o.Sum(p => 2 + Estimate(p.Key) + OfParts(p.Value)),
        JsonArray a => a.Sum(i => 1 + OfParts(i)),
        JsonValue value when value.TryGetValue<string>(out var text) =>
            text.StartsWith(ImageStart, StringComparison.Ordinal) ? PerImage : Estimate(text),
        _ => 1,
    };

    private static int Words(string text) => Whole(TextRuns.Tokens(text, TextClasses.Words));

    private static int Whole(double tokens) => (int)Math.Min(int.MaxValue / 4, Math.Ceiling(tokens));
}
