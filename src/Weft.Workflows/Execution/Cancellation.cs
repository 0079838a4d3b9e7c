namespace Weft.Workflows.Execution;

/// <summary>
/// Cancels on the orchestrator's own thread: CancelAsync would run the callbacks on another, where no replay could follow.
/// </summary>
internal static class Cancellation
{
    public static void CancelNow(this CancellationTokenSource source) => source.Cancel();
}
