using System.Diagnostics.CodeAnalysis;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

/// <summary>A call that answers a value.</summary>
internal sealed class OpenCall<TResult>(HistoryEvent decision) : OpenStep(decision)
{
    // Continuations run inline: they belong to the turn that completes the call. Its context keeps them on its thread.
    private readonly TaskCompletionSource<TResult> _completion = new();

    public Task<TResult> Task => _completion.Task;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a converter throws is the orchestrator's to see.")]
    public override void Complete(byte[]? payload)
    {
        TResult result;
        try
        {
            result = Payload.Read<TResult>(payload, $"result of '{Decision.Name}'")!;
        }
        catch (Exception exception)
        {
            _completion.TrySetException(exception);
            return;
        }

        _completion.TrySetResult(result);
    }

    public override void Fail(FailureDetails failure) => _completion.TrySetException(
        Decision.Kind == HistoryEventKind.ChildScheduled
            ? new SubOrchestrationFailedException(Decision.Name!, Decision.Other!, failure)
            : new ActivityFailedException(Decision.Name!, failure));

    public override void Cancel(CancellationToken token) => _completion.TrySetCanceled(token);
}
