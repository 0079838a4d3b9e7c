using Weft.Agents.Records;
using Weft.Workflows.Definitions;

namespace Weft.Agents.Workflows;

/// <summary>A registered workflow with its definition.</summary>
public sealed record RegisteredWorkflow(WorkflowVersion Version, WorkflowDefinition Definition);
