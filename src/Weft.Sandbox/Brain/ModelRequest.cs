using System.Text;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>What a model is asked, whichever API it came by.</summary>
internal sealed record ModelRequest
{
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required IReadOnlyList<Turn> Turns { get; init; }
    public IReadOnlyList<ToolSpec> Tools { get; init; } = [];
    public ToolChoice Choice { get; init; } = ToolChoice.Auto;
    public bool AllowParallelCalls { get; init; } = true;

    /// <summary>The schema that the answer must fit, if one was given.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Whether the answer must be JSON of some shape.</summary>
    public bool JsonMode { get; init; }

    public int? MaxOutputTokens { get; init; }
    public IReadOnlyList<string> Stop { get; init; } = [];

    public string System => string.Join("\n\n", Turns.Where(turn => turn.Speaker == Speaker.System).Select(turn => turn.Text));
}

internal enum Speaker { System, User, Assistant, Tool }

internal sealed record Turn(Speaker Speaker, string Text)
{
    public IReadOnlyList<ToolCall> Calls { get; init; } = [];
    public IReadOnlyList<ToolOutcome> Outcomes { get; init; } = [];

    public string AllText()
    {
        if (Calls.Count == 0 && Outcomes.Count == 0)
        {
            return Text;
        }

        var text = new StringBuilder(Text);
        foreach (var call in Calls)
        {
            text.Append('\n').Append(call.Name).Append(' ').Append(SandboxJson.Text(call.Arguments));
        }

        foreach (var outcome in Outcomes)
        {
            text.Append('\n').Append(outcome.Text);
        }

        return text.ToString();
    }
}

internal sealed record ToolCall(string Id, string Name, JsonObject Arguments);

internal sealed record ToolOutcome(string CallId, string Text, bool IsError);

internal sealed record ToolSpec(string Name, string Description, JsonObject Schema);

internal sealed record ToolChoice(ToolChoiceKind Kind, string? Name = null)
{
    public static ToolChoice Auto { get; } = new(ToolChoiceKind.Auto);
}

internal enum ToolChoiceKind { Auto, None, Required, Named }
