using Weft.Sandbox.Json;

namespace Weft.Sandbox.Chat;

/// <summary>One message of a conversation.</summary>
internal sealed record Turn(Speaker Speaker, string Text)
{
    public IReadOnlyList<ToolCall> Calls { get; init; } = [];
    public IReadOnlyList<ToolOutcome> Outcomes { get; init; } = [];

    /// <summary>Text, calls and results: what the turn is billed by.</summary>
    public string AllText() => string.Join('\n', new[] { Text }
        .Concat(Calls.Select(call => $"{call.Name} {SandboxJson.Text(call.Arguments)}")).Concat(Outcomes.Select(outcome => outcome.Text)));
}
