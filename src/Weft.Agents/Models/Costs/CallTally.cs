using Weft.Agents.Records;

namespace Weft.Agents.Models.Costs;

/// <summary>A running sum of calls of one model: what is kept for a day that is over. A stored format.</summary>
internal sealed record CallTally
{
    public required string SelectedModel { get; init; }

    public required string Provider { get; init; }

    public long Calls { get; set; }

    public long Failed { get; set; }

    public long Unpriced { get; set; }

    public decimal CostUsd { get; set; }

    public decimal FailedCostUsd { get; set; }

    public long LatencyMs { get; set; }

    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    public void Add(ModelCallRecord call)
    {
        if (!call.Success)
        {
            Failed++;
            FailedCostUsd += (decimal)(call.ActualCost ?? 0);
            return;
        }

        Calls++;
        Unpriced += call.ActualCost is null ? 1 : 0;
        CostUsd += (decimal)(call.ActualCost ?? 0);
        LatencyMs += call.LatencyMs;
        InputTokens += call.ActualInputTokens;
        OutputTokens += call.ActualOutputTokens;
    }

    public void Add(CallTally other)
    {
        Calls += other.Calls;
        Failed += other.Failed;
        Unpriced += other.Unpriced;
        CostUsd += other.CostUsd;
        FailedCostUsd += other.FailedCostUsd;
        LatencyMs += other.LatencyMs;
        InputTokens += other.InputTokens;
        OutputTokens += other.OutputTokens;
    }
}

/// <summary>The tallies of a time, by model.</summary>
internal sealed class TallyBook
{
    private readonly Dictionary<(string Provider, string Model), CallTally> _tallies = [];

    public IReadOnlyCollection<CallTally> Tallies => _tallies.Values;

    public void Add(ModelCallRecord call) => Of(call.Provider, call.SelectedModel).Add(call);

    public void Add(CallTally tally) => Of(tally.Provider, tally.SelectedModel).Add(tally);

    private CallTally Of(string provider, string model)
    {
        if (!_tallies.TryGetValue((provider, model), out var tally))
        {
            _tallies[(provider, model)] = tally = new CallTally { Provider = provider, SelectedModel = model };
        }

        return tally;
    }
}
