namespace Weft.Sandbox.Chat;

/// <summary>What a model answers, before an API gives it its form.</summary>
internal sealed record ModelReply
{
    public string Text { get; init; } = string.Empty;
    public IReadOnlyList<ToolCall> Calls { get; init; } = [];
    public FinishKind Finish { get; init; } = FinishKind.Stop;

    public static ModelReply Say(string text) => new() { Text = text };

    public static ModelReply Call(params IReadOnlyList<ToolCall> calls) => new() { Calls = calls, Finish = FinishKind.ToolCalls };
}
