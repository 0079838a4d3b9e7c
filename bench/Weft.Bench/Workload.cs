namespace Weft.Bench;

/// <summary>Which part of the product a workload measures.</summary>
internal enum Level
{
    /// <summary>The durable engine alone: orchestrators and activities in C#.</summary>
    Engine,

    /// <summary>A YAML workflow through the whole product: records, trace, costs and all.</summary>
    Workflow,

    /// <summary>Reading and rendering: no engine at all.</summary>
    Language,
}

/// <summary>One question about speed.</summary>
/// <param name="Id">W1 to W6.</param>
/// <param name="Level">The level it is asked at.</param>
/// <param name="Title">What is run.</param>
/// <param name="Metric">What is counted, with its unit.</param>
/// <param name="LowerIsBetter">Whether it is a time (else a rate).</param>
/// <param name="Peer">The best figure of four known engines on such a machine; null: none is known.</param>
/// <param name="MeasureAsync">Runs it once, and answers the figure.</param>
internal sealed record Workload(
    string Id, Level Level, string Title, string Metric, bool LowerIsBetter, double? Peer,
    Func<CancellationToken, Task<Measure>> MeasureAsync);

/// <summary>What one run came to.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Note">What else is worth knowing.</param>
/// <param name="Peer">The figure of a peer that was measured in the same run; null: the workload's own, if it has one.</param>
internal sealed record Measure(double Value, string? Note = null, double? Peer = null);

/// <summary>A workload's result: the best of its runs, and the median, which says how noisy the machine was.</summary>
internal sealed record Result(Workload Workload, double Best, double Median, string? Note, double? Peer)
{
    /// <summary>Gets how many times better than the peer: above 1 is better, whichever way the figure goes.</summary>
    public double? Ratio => Peer is { } peer ? (Workload.LowerIsBetter ? peer / Best : Best / peer) : null;
}
