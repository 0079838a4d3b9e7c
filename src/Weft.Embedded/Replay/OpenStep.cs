using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

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
