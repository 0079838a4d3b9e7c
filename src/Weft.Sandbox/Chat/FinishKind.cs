namespace Weft.Sandbox.Chat;

internal enum FinishKind { Stop, ToolCalls, Length, Refusal, StopSequence }
