using System.Text.Json.Nodes;

namespace Weft.Sandbox.Brain;

/// <summary>What a model answers, before an API gives it its form.</summary>
internal sealed record ModelReply
{
    public string Text { get; init; } = string.Empty;
    public IReadOnlyList<PlannedCall> Calls { get; init; } = [];
    public FinishKind Finish { get; init; } = FinishKind.Stop;

    public static ModelReply Say(string text) => new() { Text = text };

    public static ModelReply Call(IReadOnlyList<PlannedCall> calls) => new() { Calls = calls, Finish = FinishKind.ToolCalls };
}

/// <param name="Name">The tool as it was offered.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="RawArguments">The text to send instead, when a fault spoils the arguments.</param>
internal sealed record PlannedCall(string Name, JsonObject Arguments, string? RawArguments = null);

internal enum FinishKind { Stop, ToolCalls, Length, Refusal, StopSequence }
