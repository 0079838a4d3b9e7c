using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

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
