using System.Diagnostics.Metrics;
using Weft.Agents.Telemetry;
using Weft.Language;

namespace Weft.Runtime.Operations;

/// <summary>Shows what the rounds found.</summary>
public sealed class OperationsMetrics
{
    private readonly Counter<long> _purged;
    private volatile IReadOnlyDictionary<StuckReason, int> _stuck = new Dictionary<StuckReason, int>();

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">The host's meters.</param>
    public OperationsMetrics(IMeterFactory meters)
    {
        var operations = meters.Create(WeftMeters.Operations);
        _purged = operations.CreateCounter<long>(
            "weft.executions.purged", "{execution}", "Ended executions that were past their time and purged.");
        operations.CreateObservableGauge(
            "weft.executions.stuck",
            ReadStuck,
            "{execution}",
            "Executions that should have made progress and did not, by reason, as the last round found them.");
    }

    /// <summary>Counts executions that retention purged.</summary>
    internal void Purged(int executions) => _purged.Add(executions);

    /// <summary>Shows what the last look found.</summary>
    internal void SetStuck(IReadOnlyList<StuckRun> stuck) => _stuck = stuck.GroupBy(s => s.Reason).ToDictionary(g => g.Key, g => g.Count());

    // Every reason each time, so that none keeps its last number once it is over.
    private IEnumerable<Measurement<int>> ReadStuck() => Enum.GetValues<StuckReason>()
        .Select(reason => new Measurement<int>(
            _stuck.GetValueOrDefault(reason), new KeyValuePair<string, object?>("reason", reason.Word())));
}
