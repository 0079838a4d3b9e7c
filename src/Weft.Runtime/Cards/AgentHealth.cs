using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Cards;

/// <summary>How an agent did lately.</summary>
/// <param name="ErrorRate">The share of its node runs that failed, 0 to 1; 0 when there were none.</param>
/// <param name="Runs">The node runs counted.</param>
/// <param name="CheckedAt">When they were counted, UTC.</param>
public sealed record AgentHealth(double ErrorRate, int Runs, DateTime CheckedAt)
{
    /// <summary>The error rate above which an agent counts as unhealthy: one half.</summary>
    public const double UnhealthyAbove = 0.5;

    /// <summary>The fewest runs that can make an agent unhealthy: one bad first run says nothing.</summary>
    public const int FewestRuns = 3;

    /// <summary>How far back runs count: 24 hours.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Gets a value indicating whether work may be given to it.</summary>
    public bool Healthy => Runs < FewestRuns || ErrorRate <= UnhealthyAbove;

    /// <summary>Counts node runs by agent.</summary>
    public static IReadOnlyDictionary<string, AgentHealth> Count(IEnumerable<NodeRun> runs, DateTime now) =>
        runs.Where(r => r.Agent is not null)
            .GroupBy(r => r.Agent!, StringComparer.Ordinal) // Where says so.
            .ToDictionary(
                g => g.Key,
                g => new AgentHealth((double)g.Count(r => r.Status == NodeStatus.Failed) / g.Count(), g.Count(), now),
                StringComparer.Ordinal);
}
