using Weft.Language.Definitions;

namespace Weft.Workflows.Durable;

/// <summary>How one activity call is made.</summary>
public sealed record ActivityOptions
{
    /// <summary>Gets the retry policy; null: one attempt.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>
    /// Gets the token by which the orchestrator gives up on the call. Its awaiter then sees an
    /// <see cref="OperationCanceledException"/> at once, the running activity gets a cancelled token (where the host can
    /// reach it), and a late result is dropped.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }
}
