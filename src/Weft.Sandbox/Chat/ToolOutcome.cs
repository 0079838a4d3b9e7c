namespace Weft.Sandbox.Chat;

internal sealed record ToolOutcome(string CallId, string Text, bool IsError);
