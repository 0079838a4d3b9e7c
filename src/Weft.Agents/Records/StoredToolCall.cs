using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Workflows;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Records;

/// <summary>A record as it was read, with the tag to replace it by.</summary>
public sealed record StoredToolCall(ToolCallRecord Record, ETag ETag);
