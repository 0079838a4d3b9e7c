using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>A call that is ready to be made, or the fault that keeps it from it.</summary>
internal sealed record PreparedCall(
    ResolvedTool Tool, WorkflowDefinition? Definition, JsonObject Arguments, ToolEffect Effect, ToolFailure? Fault);
