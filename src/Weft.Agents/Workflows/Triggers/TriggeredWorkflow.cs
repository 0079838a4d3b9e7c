using System.Text.Json.Nodes;
using Weft.Workflows.Definitions;
using Weft.Workflows.Schemas;

namespace Weft.Agents.Workflows.Triggers;

/// <summary>A workflow, and the trigger that starts it.</summary>
public sealed record TriggeredWorkflow(string WorkflowId, WorkflowDefinition Definition, TriggerDefinition Trigger);
