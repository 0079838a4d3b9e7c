using Weft.Agents.Tools.Records;

namespace Weft.Agents.Tools;

/// <summary>Reads what the calls left behind.</summary>
public sealed class ToolAnalytics(ToolUsageRecords records, TimeProvider time)
{
    /// <summary>How long computed statistics of actions are used for choosing tools.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (IReadOnlyDictionary<string, ActionUsage> ByName, DateTimeOffset Until)? _recent;

    /// <summary>The actions of a period, the most used first.</summary>
    /// <param name="period">The time up to now, at most <see cref="ToolUsageRecords.LongestPeriod"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ActionUsage>> ActionsAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<(string App, string Action), List<ToolUsage>>();
        var now = Now;
        await foreach (var usage in records.ReadAsync(now - period, now, cancellationToken))
        {
            if (!groups.TryGetValue((usage.AppName, usage.ActionName), out var list))
            {
                groups[(usage.AppName, usage.ActionName)] = list = [];
            }

            list.Add(usage);
        }

        return
        [
            .. groups.Select(g => Summary(g.Key.App, g.Key.Action, g.Value)).OrderByDescending(a => a.Executions)
                .ThenBy(a => a.AppName, StringComparer.Ordinal).ThenBy(a => a.ActionName, StringComparer.Ordinal),
        ];
    }

    /// <summary>How calls went: of one entity (its last 1,000), or of all in a period.</summary>
    public async Task<ExecutionAnalytics> ExecutionsAsync(string? entityId, TimeSpan period, CancellationToken cancellationToken)
    {
        var uses = new List<ToolUsage>();
        var now = Now;
        if (entityId is not null)
        {
            uses.AddRange((await records.OfEntityAsync(entityId, 1_000, cancellationToken)).Where(u => u.ExecutedAt >= now - period));
        }
        else
        {
            await foreach (var usage in records.ReadAsync(now - period, now, cancellationToken))
            {
                uses.Add(usage);
            }
        }

        var apps = uses.GroupBy(u => u.AppName, StringComparer.Ordinal).OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var made = uses.Where(u => !u.Cached).ToList();
        var analytics = new ExecutionAnalytics
        {
            TotalExecutions = uses.Count,
            SuccessfulExecutions = uses.Count(u => u.Success),
            SuccessRate = Share(uses.Count(u => u.Success), uses.Count),
            AvgExecutionTimeMs = made.Count == 0 ? 0 : Math.Round(made.Average(u => u.DurationMs), 1),
            ResponseCacheHitRate = Share(uses.Count(u => u.Cached), uses.Count),
            AppUsageDistribution = apps.ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            MostUsedApp = apps.Count > 0 ? apps[0].Key : null,
        };
        return analytics with { Recommendations = Advice(analytics) };
    }

    /// <summary>An entity's last calls, newest first.</summary>
    /// <param name="entityId">The entity.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<IReadOnlyList<ToolUsage>> HistoryAsync(string entityId, int limit, CancellationToken cancellationToken) =>
        records.OfEntityAsync(entityId, Math.Clamp(limit, 1, 1_000), cancellationToken);

    /// <summary>The last day's statistics by <c>app.action</c>, at most a minute old.</summary>
    internal async Task<IReadOnlyDictionary<string, ActionUsage>> RecentAsync(CancellationToken cancellationToken)
    {
        if (_recent is { } kept && time.GetUtcNow() < kept.Until)
        {
            return kept.ByName;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_recent is not { } meanwhile || time.GetUtcNow() >= meanwhile.Until)
            {
                var actions = await ActionsAsync(TimeSpan.FromDays(1), cancellationToken);
                _recent = (actions.ToDictionary(a => $"{a.AppName}.{a.ActionName}", StringComparer.OrdinalIgnoreCase),
                    time.GetUtcNow() + Fresh);
            }

            return _recent.Value.ByName;
        }
        finally
        {
            _gate.Release();
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static ActionUsage Summary(string app, string action, List<ToolUsage> uses)
    {
        var durations = uses.Where(u => !u.Cached).Select(u => u.DurationMs).Order().ToList();
        return new ActionUsage
        {
            AppName = app,
            ActionName = action,
            Executions = uses.Count,
            SuccessRate = Share(uses.Count(u => u.Success), uses.Count),
            AvgDurationMs = durations.Count == 0 ? 0 : Math.Round(durations.Average(), 1),
            P95DurationMs = durations.Count == 0 ? 0 : durations[(int)Math.Ceiling(durations.Count * 0.95) - 1],
            CacheHits = uses.Count(u => u.Cached),
            Failures = uses.Where(u => !u.Success).GroupBy(u => u.ErrorKind ?? "unknown", StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => g.Count(), StringComparer.Ordinal),
        };
    }

    private static IReadOnlyList<string> Advice(ExecutionAnalytics analytics)
    {
        var advice = new List<string>();
        if (analytics.AvgExecutionTimeMs > 3_000)
        {
            advice.Add($"Calls take {analytics.AvgExecutionTimeMs:0} ms on average: cache the answers of reading actions "
                + $"({ToolOptions.Section}:{nameof(ToolOptions.CacheTtl)}).");
        }

        if (analytics.TotalExecutions >= 10 && analytics.SuccessRate < 0.9)
        {
            advice.Add($"{1 - analytics.SuccessRate:P0} of the calls failed: look at connections and at the failures by kind.");
        }

        return advice;
    }

    private static double Share(int part, int all) => all == 0 ? 0 : Math.Round((double)part / all, 4);
}
