using System.Diagnostics.CodeAnalysis;
using Weft.Workflows.Orchestration;

namespace Weft.Embedded.Engine;

/// <summary>A step that the orchestrator has asked for, and that has not ended.</summary>
internal abstract class OpenStep(HistoryEvent decision)
{
    /// <summary>Gets the entry that says what was asked for.</summary>
    public HistoryEvent Decision { get; } = decision;

    public int Step => Decision.Step;

    /// <summary>Gets or sets what the step is given.</summary>
    public byte[]? Input { get; set; }

    /// <summary>Gets or sets the link to the token by which the orchestrator gives up.</summary>
    public CancellationTokenRegistration Registration { get; set; }

    public abstract void Complete(byte[]? payload);

    public abstract void Fail(FailureDetails failure);

    public abstract void Cancel(CancellationToken token);
}

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

/// <summary>A timer that has not fired.</summary>
internal sealed class OpenTimer(HistoryEvent decision) : OpenStep(decision)
{
    private readonly TaskCompletionSource _completion = new();

    public Task Task => _completion.Task;

    public override void Complete(byte[]? payload) => _completion.TrySetResult();

    public override void Fail(FailureDetails failure) => throw new InvalidOperationException("A timer does not fail.");

    public override void Cancel(CancellationToken token) => _completion.TrySetCanceled(token);
}
