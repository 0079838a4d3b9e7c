using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

/// <summary>A timer that has not fired.</summary>
internal sealed class OpenTimer(HistoryEvent decision) : OpenStep(decision)
{
    private readonly TaskCompletionSource _completion = new();

    public Task Task => _completion.Task;

    public override void Complete(byte[]? payload) => _completion.TrySetResult();

    public override void Fail(FailureDetails failure) => throw new InvalidOperationException("A timer does not fail.");

    public override void Cancel(CancellationToken token) => _completion.TrySetCanceled(token);
}
