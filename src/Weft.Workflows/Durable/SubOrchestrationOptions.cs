using Weft.Language.Definitions;

namespace Weft.Workflows.Durable;

/// <summary>How one sub-orchestration is started.</summary>
public sealed record SubOrchestrationOptions
{
    /// <summary>Gets the child's instance id; null: derived from the parent's id and the call's place.</summary>
    /// <remarks>Begin it with the parent's id and a colon: by that, Azure ends and purges children with their parent.</remarks>
    public string? InstanceId { get; init; }

    /// <summary>Gets the retry policy; null: one attempt. A retry starts a fresh child.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Gets the token by which the orchestrator gives up: the child is terminated, with all that it runs.</summary>
    public CancellationToken CancellationToken { get; init; }
}
