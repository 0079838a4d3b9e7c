using Weft.Agents.Storage;

namespace Weft.Agents.Tools.Records;

/// <summary>A record as it was read, with the tag to replace it by.</summary>
public sealed record StoredToolCall(ToolCallRecord Record, ETag ETag);
