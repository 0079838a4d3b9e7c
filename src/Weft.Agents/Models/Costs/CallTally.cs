using Weft.Agents.Models.Records;

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
