using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Cards;

/// <summary>Sums the agents' node runs.</summary>
public sealed class AgentPerformance(ExecutionRecords executions, TimeProvider clock)
{
    // More would be a report, not an answer; the newest of each bucket say how agents do.
    private const int MostRunsPerBucket = 5_000;

    /// <summary>The agents of a period up to now, the most used first.</summary>
    public async Task<IReadOnlyList<AgentStatistics>> SummarizeAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var runs = await executions.NodeRunsAsync(clock.GetUtcNow().UtcDateTime - period, MostRunsPerBucket, cancellationToken);
        return
        [
            .. runs.Where(r => r.Agent is not null).GroupBy(r => r.Agent!, StringComparer.Ordinal) // Where says so.
                .Select(Of).OrderByDescending(a => a.Runs).ThenBy(a => a.Agent, StringComparer.Ordinal),
        ];
    }

    private static AgentStatistics Of(IGrouping<string, NodeRun> runs)
    {
        var all = runs.ToList();
        var failed = all.Where(r => r.Status == NodeStatus.Failed).ToList();
        return new AgentStatistics
        {
            Agent = runs.Key,
            AgentType = all.Select(r => r.AgentType).FirstOrDefault(t => t is not null),
            Runs = all.Count,
            FailedRuns = failed.Count,
            SuccessRate = Math.Round(1 - ((double)failed.Count / all.Count), 4),
            AvgDurationMs = Math.Round(all.Average(r => r.DurationMs), 1),
            AvgIterations = Math.Round(all.Average(r => r.Iterations), 2),
            ToolCalls = all.Sum(r => r.ToolCalls),
            InputTokens = all.Sum(r => r.InputTokens),
            OutputTokens = all.Sum(r => r.OutputTokens),
            TotalCostUsd = Math.Round(all.Sum(r => r.CostUsd), 10),
            Failures = failed.GroupBy(r => r.ErrorCode ?? "unknown", StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => g.Count(), StringComparer.Ordinal),
        };
    }
}
