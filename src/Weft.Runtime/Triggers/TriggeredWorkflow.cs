using Weft.Language.Definitions;

namespace Weft.Runtime.Triggers;

/// <summary>A workflow, and the trigger that starts it.</summary>
public sealed record TriggeredWorkflow(string WorkflowId, WorkflowDefinition Definition, TriggerDefinition Trigger);
