using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Weft.Runtime.Operations;

/// <summary>What the rounds found. Instruments of the meter <c>Weft.Operations</c>.</summary>
internal static class OperationsMetrics
{
    private static readonly Meter Meter = new("Weft.Operations");
    private static volatile IReadOnlyDictionary<StuckReason, int> _stuck = new Dictionary<StuckReason, int>();

    /// <summary>Executions that retention purged.</summary>
    public static readonly Counter<long> Purged = Meter.CreateCounter<long>("weft.executions.purged", "{execution}", "Ended executions that were past their time and purged.");

    static OperationsMetrics() => Meter.CreateObservableGauge(
        "weft.executions.stuck", Read, "{execution}", "Executions that should have made progress and did not, by reason, as the last round found them.");

    public static void SetStuck(IReadOnlyList<StuckRun> stuck) => _stuck = stuck.GroupBy(s => s.Reason).ToDictionary(g => g.Key, g => g.Count());

    // Every reason each time, so that none keeps its last number once it is over.
    private static IEnumerable<Measurement<int>> Read() => Enum.GetValues<StuckReason>()
        .Select(reason => new Measurement<int>(
            _stuck.GetValueOrDefault(reason), new KeyValuePair<string, object?>("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()))));
}
