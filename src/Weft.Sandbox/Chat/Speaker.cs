namespace Weft.Sandbox.Chat;

/// <summary>Who speaks in a turn. Developer messages are the system's, and a tool's results are a turn of their own.</summary>
internal enum Speaker { System, User, Assistant, Tool }
