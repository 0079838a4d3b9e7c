namespace Weft.Workflows.Durable;

/// <summary>A sub-orchestration failed for good, or was terminated.</summary>
public sealed class SubOrchestrationFailedException(string orchestrationName, string instanceId, FailureDetails failure)
    : OrchestrationFailureException(
        $"Orchestration '{orchestrationName}' ({instanceId}) failed: {failure.Message}", orchestrationName, failure)
{
    /// <summary>Gets the child's instance id.</summary>
    public string InstanceId { get; } = instanceId;
}
