namespace Weft.Workflows.Durable;

/// <summary>An activity failed for good.</summary>
public sealed class ActivityFailedException(string activityName, FailureDetails failure)
    : OrchestrationFailureException($"Activity '{activityName}' failed: {failure.Message}", activityName, failure);
