using System.Text.Json.Nodes;

namespace Weft.Sandbox.Chat;

/// <summary>What a model is asked, whichever API it came by.</summary>
internal sealed record ModelRequest
{
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required IReadOnlyList<Turn> Turns { get; init; }
    public IReadOnlyList<ToolSpec> Tools { get; init; } = [];

    /// <summary>Whether the answer may call a tool.</summary>
    public bool MayCall { get; init; } = true;

    /// <summary>Whether the answer must call a tool, and if so perhaps <see cref="ForcedTool"/>.</summary>
    public bool MustCall { get; init; }

    public string? ForcedTool { get; init; }

    /// <summary>The schema that the answer must fit, if one was given.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Whether the answer must be JSON of some shape.</summary>
    public bool JsonMode { get; init; }

    public int? MaxOutputTokens { get; init; }
    public IReadOnlyList<string> Stop { get; init; } = [];

    public string System => string.Join("\n\n", Turns.Where(turn => turn.Speaker == Speaker.System).Select(turn => turn.Text));

    /// <summary>What the user said, in order, without empty turns.</summary>
    public IEnumerable<string> Said => Turns.Where(turn => turn.Speaker == Speaker.User && turn.Text.Length > 0).Select(turn => turn.Text);
}
