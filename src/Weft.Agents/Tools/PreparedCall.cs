using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weft.Agents.Contexts;
using Weft.Agents.Records;
using Weft.Workflows;
using Weft.Workflows.Definitions;
using Weft.Workflows.Expressions;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;
using Weft.Workflows.Schemas;

namespace Weft.Agents.Tools;

/// <summary>A call that is ready to be made, or the fault that keeps it from it.</summary>
internal sealed record PreparedCall(ResolvedTool Tool, WorkflowDefinition? Definition, JsonObject Arguments, ToolEffect Effect, ToolFailure? Fault);
