using Weft.Language;

namespace Weft.Workflows.Durable;

/// <summary>A durable step failed; the root of what an orchestrator can catch.</summary>
public abstract class OrchestrationFailureException(string message, string stepName, FailureDetails failure)
    : WeftException(failure.Code, failure.AsFault(), message)
{
    /// <summary>Gets the name of the activity or orchestration that failed.</summary>
    public string StepName { get; } = stepName;

    /// <summary>Gets the failure as it was stored.</summary>
    public FailureDetails Failure { get; } = failure;
}
