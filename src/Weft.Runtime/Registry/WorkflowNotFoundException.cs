using Weft.Language;

namespace Weft.Runtime.Registry;

/// <summary>No workflow has an id.</summary>
/// <param name="workflowId">The id.</param>
/// <param name="known">The ids that there are.</param>
internal sealed class WorkflowNotFoundException(string workflowId, IEnumerable<string> known)
    : WeftException(
        "workflow_not_found", Fault.NotFound, $"There is no workflow '{workflowId}'.{NearMiss.HintOrList(workflowId, known)}");
