using Weft.Workflows.Orchestration;

namespace Weft.Embedded.Engine;

/// <summary>What an orchestrator decided in one turn.</summary>
internal sealed class Decisions
{
    /// <summary>Gets entries that may be written together with what happens next: a replay would decide the same again.</summary>
    public List<HistoryEvent> Records { get; } = [];

    /// <summary>Gets what changes other instances, in order: written at once, and once only.</summary>
    public List<Effect> Effects { get; } = [];

    /// <summary>Gets activities and timers to start.</summary>
    public List<OpenStep> Started { get; } = [];

    /// <summary>Gets activities and timers that the orchestrator gave up.</summary>
    public List<OpenStep> GivenUp { get; } = [];

    /// <summary>Gets or sets the last custom status of the turn; null when it set none.</summary>
    public byte[]? CustomStatus { get; set; }

    /// <summary>Gets or sets how the generation ended; null while it goes on.</summary>
    public Outcome? Outcome { get; set; }

    public void Clear()
    {
        Records.Clear();
        Effects.Clear();
        Started.Clear();
        GivenUp.Clear();
        CustomStatus = null;
        Outcome = null;
    }
}

/// <summary>A change of another instance.</summary>
internal abstract record Effect
{
    public sealed record StartChild(HistoryEvent Decision, byte[] Input) : Effect;

    public sealed record SendEvent(HistoryEvent Decision, byte[] Payload) : Effect;

    public sealed record TerminateChild(string InstanceId) : Effect;
}

/// <summary>How a generation ended.</summary>
internal abstract record Outcome
{
    public sealed record Completed(byte[] Output) : Outcome;

    public sealed record Failed(FailureDetails Failure) : Outcome;

    /// <param name="Input">The input of the next generation.</param>
    /// <param name="Events">The events that nobody waited for, which go along.</param>
    /// <param name="NextStep">The first step number of the next generation: numbers are never used twice in an instance.</param>
    public sealed record ContinuedAsNew(byte[] Input, List<HistoryEvent> Events, int NextStep) : Outcome;
}
