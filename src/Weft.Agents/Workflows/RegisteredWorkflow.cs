using Microsoft.Extensions.Logging;
using Weft.Agents.Contexts;
using Weft.Agents.Records;
using Weft.Agents.Schedules;
using Weft.Workflows;
using Weft.Workflows.Definitions;

namespace Weft.Agents.Workflows;

/// <summary>A registered workflow with its definition.</summary>
public sealed record RegisteredWorkflow(WorkflowVersion Version, WorkflowDefinition Definition);
