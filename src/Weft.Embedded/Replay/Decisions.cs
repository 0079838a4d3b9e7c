namespace Weft.Embedded.Replay;

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
