using Weft.Agents.Models.Records;
using Weft.Language;

namespace Weft.Agents.Models.Costs;

/// <summary>Sums what models cost, from the records of their calls.</summary>
/// <remarks>A day that is over is summed once and kept, so that a month costs little more to read than today.</remarks>
public sealed class CostReport(ModelCallRecords records, TimeProvider time)
{
    private const string SumKind = "models";
    private static readonly string[] Periods = ["hourly", "daily", "monthly"];

    // A call is recorded when it ends, at the clock of the process that made it: a day is over a little after midnight.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    /// <summary>The costs of the last hour, day or month up to now.</summary>
    /// <param name="period">hourly, daily or monthly.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="WeftException">Code <c>unknown_period</c>.</exception>
    public async Task<CostSummary> SummaryAsync(string period, CancellationToken cancellationToken)
    {
        var (from, to) = Range(period);
        var book = new TallyBook();
        await AddAsync(book, from, to, cancellationToken);
        var tallies = book.Tallies;
        var calls = tallies.Sum(t => t.Calls);
        var priced = calls - tallies.Sum(t => t.Unpriced);
        var cost = tallies.Sum(t => t.CostUsd);
        var summary = new CostTotals
        {
            TotalCalls = calls,
            TotalCostUsd = Usd(cost),
            AvgCostUsd = priced == 0 ? 0 : Usd(cost / priced),
            TotalTokens = tallies.Sum(t => t.InputTokens + t.OutputTokens),
            AvgLatencyMs = calls == 0 ? 0 : Math.Round(tallies.Sum(t => t.LatencyMs) / (double)calls, 1),
            FailedCalls = tallies.Sum(t => t.Failed),
            FailedCostUsd = Usd(tallies.Sum(t => t.FailedCostUsd)),
            UnpricedCalls = tallies.Sum(t => t.Unpriced),
        };
        return new CostSummary(period, summary,
            [.. tallies.OrderByDescending(t => t.CostUsd).ThenBy(t => t.SelectedModel, StringComparer.Ordinal).Select(ByModel)]) { From =
                from, To = to };
    }

    /// <summary>The costs of the last hour, day or month by workflow, the dearest first.</summary>
    /// <exception cref="WeftException">Code <c>unknown_period</c>.</exception>
    public async Task<IReadOnlyList<WorkflowCost>> ByWorkflowAsync(string period, CancellationToken cancellationToken)
    {
        var (from, to) = Range(period);
        var sums = new Dictionary<string, (HashSet<string> Executions, long Calls, decimal Cost, long Tokens)>(StringComparer.Ordinal);
        await foreach (var call in records.BetweenAsync(from, to, cancellationToken))
        {
            var sum = sums.TryGetValue(call.WorkflowId, out var known) ? known : ([], 0, 0, 0);
            sum.Executions.Add(call.ExecutionId);
            sums[call.WorkflowId] = (sum.Executions, sum.Calls + 1, sum.Cost + (decimal)(call.ActualCost ?? 0),
                sum.Tokens + call.ActualInputTokens + call.ActualOutputTokens);
        }

        return [.. sums.OrderByDescending(s => s.Value.Cost).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => new WorkflowCost
        {
            WorkflowId = s.Key,
            Executions = s.Value.Executions.Count,
            Calls = s.Value.Calls,
            TotalCostUsd = Usd(s.Value.Cost),
            AvgCostPerExecution = Usd(s.Value.Cost / s.Value.Executions.Count),
            TotalTokens = s.Value.Tokens,
        })];
    }

    /// <summary>Sums a day that is over and keeps the sum, before the day's calls are removed.</summary>
    public async Task KeepDayAsync(DateTime day, CancellationToken cancellationToken)
    {
        if ((await records.SumsAsync<List<CallTally>>(SumKind, day, cancellationToken)).ContainsKey(day))
        {
            return;
        }

        var ofDay = new TallyBook();
        await foreach (var call in records.BetweenAsync(day, day.AddDays(1), cancellationToken))
        {
            ofDay.Add(call);
        }

        await records.KeepSumAsync(SumKind, day, ofDay.Tallies.ToList(), cancellationToken);
    }

    private (DateTime From, DateTime To) Range(string period)
    {
        // The record of a call that ended this very moment counts.
        var to = time.GetUtcNow().UtcDateTime.AddTicks(1);
        return period switch
        {
            "hourly" => (to.AddHours(-1), to),
            "daily" => (to.AddDays(-1), to),
            "monthly" => (to.AddMonths(-1), to),
            _ => throw new WeftException(
                "unknown_period", Fault.Malformed, $"There is no period '{period}'.{NearMiss.HintOrList(period, Periods, "Periods")}"),
        };
    }

    private async Task AddAsync(TallyBook book, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        var kept = to - from > TimeSpan.FromDays(2) ? await records.SumsAsync<List<CallTally>>(SumKind, from.Date, cancellationToken)
            : new Dictionary<DateTime, List<CallTally>>();
        for (var day = from.Date; day < to; day = day.AddDays(1))
        {
            var whole = day >= from && day.AddDays(1) + Settled <= to;
            if (whole && kept.TryGetValue(day, out var sums))
            {
                sums.ForEach(book.Add);
                continue;
            }

            var ofDay = new TallyBook();
            await foreach (var call in records.BetweenAsync(
                day > from ? day : from, day.AddDays(1) < to ? day.AddDays(1) : to, cancellationToken))
            {
                ofDay.Add(call);
            }

            foreach (var tally in ofDay.Tallies)
            {
                book.Add(tally);
            }

            if (whole)
            {
                await records.KeepSumAsync(SumKind, day, ofDay.Tallies.ToList(), cancellationToken);
            }
        }
    }

    private static ModelCost ByModel(CallTally tally) => new()
    {
        SelectedModel = tally.SelectedModel,
        Provider = tally.Provider,
        Calls = tally.Calls,
        CostUsd = Usd(tally.CostUsd),
        AvgLatencyMs = tally.Calls == 0 ? 0 : Math.Round(tally.LatencyMs / (double)tally.Calls, 1),
        InputTokens = tally.InputTokens,
        OutputTokens = tally.OutputTokens,
        FailedCalls = tally.Failed,
    };

    private static double Usd(decimal cost) => (double)Math.Round(cost, 10);
}
