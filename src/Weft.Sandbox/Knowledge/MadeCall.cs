using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Knowledge;

/// <summary>A call of a tool that was made, and what came of it.</summary>
/// <param name="Tool">The tool's name in the spelling of <see cref="ToolNames"/>.</param>
/// <param name="Arguments">What it was called with.</param>
/// <param name="Result">What it answered; null when it failed.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record MadeCall(string Tool, JsonObject Arguments, JsonNode? Result, string? Error)
{
    private static readonly string[] Flags = ["successful", "success", "ok"];
    private static readonly string[] Failures = ["fail", "error", "refus"];

    /// <summary>The calls of a conversation: what the model asked for and got, and what the user tells of.</summary>
    public static IReadOnlyList<MadeCall> In(ModelRequest request)
    {
        var outcomes = request.Turns.SelectMany(turn => turn.Outcomes).ToLookup(outcome => outcome.CallId);
        var own = request.Turns.SelectMany(turn => turn.Calls).Where(call => outcomes.Contains(call.Id));
        var told = request.Said.SelectMany(text => text.Split('\n')).Select(Told).OfType<MadeCall>();
        return [.. own.Select(call => Of(call, outcomes[call.Id].Last())), .. told];
    }

    private static MadeCall Of(ToolCall call, ToolOutcome outcome)
    {
        var answer = JsonReading.Parse(outcome.Text) ?? JsonValue.Create(outcome.Text);
        var error = answer.Get("error") is { } given ? given.AsText() ?? given.Str("message") ?? SandboxJson.Text(given) : string.Empty;
        var failed = outcome.IsError || error.Length > 0 || outcome.Text.StartsWith("error", StringComparison.OrdinalIgnoreCase)
            || Flags.Any(flag => answer.Bool(flag) == false);
        var tool = ToolNames.Key(call.Name);
        return failed
            ? new MadeCall(tool, call.Arguments, null, Plain(error.Length > 0 ? error : outcome.Text))
            : new MadeCall(tool, call.Arguments, answer, null);
    }

    /// <summary>A line that tells of a call: a tool's name, its arguments as JSON, a word on how it went, and the answer.</summary>
    private static MadeCall? Told(string line)
    {
        if (!line.Contains('{', StringComparison.Ordinal)
            || JsonFragments.Split(line) is not [{ Node: JsonObject arguments } called, { Before: { Length: > 2 } went } answer, ..]
            || called.Before.Split(' ') is not [.., var name, ""] || !ToolNames.IsName(name))
        {
            return null;
        }

        var (tool, state) = (ToolNames.Key(name), went.Split(':')[0]);
        return Failures.Any(word => state.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? new MadeCall(tool, arguments, null, Plain(went.Trim(' ', '-', '>', '→')))
            : new MadeCall(tool, arguments, answer.Node ?? JsonValue.Create(went), null);
    }

    /// <summary>An error without the codes and names in front of it: what stands behind the colons that follow single words.</summary>
    private static string Plain(string message)
    {
        var text = message.ReplaceLineEndings(" ");
        while (text.IndexOf(": ", StringComparison.Ordinal) is > 0 and var at && !text.AsSpan(0, at).Contains(' '))
        {
            text = text[(at + 2)..];
        }

        return Digest.Clip(text.Trim().TrimEnd('.'), 160);
    }
}
