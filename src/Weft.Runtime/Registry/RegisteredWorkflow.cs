using Weft.Language.Definitions;
using Weft.Runtime.Records;

namespace Weft.Runtime.Registry;

/// <summary>A registered workflow with its definition.</summary>
public sealed record RegisteredWorkflow(WorkflowVersion Version, WorkflowDefinition Definition);
