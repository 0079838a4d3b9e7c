namespace Weft.Agents.Models.Costs;

/// <summary>What models cost over a period: the body of <c>GET /costs/summary</c>.</summary>
/// <param name="Period">hourly, daily or monthly: the last hour, day or month up to now.</param>
/// <param name="Summary">All together.</param>
/// <param name="ByModel">Each model, the dearest first.</param>
public sealed record CostSummary(string Period, CostTotals Summary, IReadOnlyList<ModelCost> ByModel)
{
    /// <summary>Gets the start of the period, UTC.</summary>
    public DateTime From { get; init; }

    /// <summary>Gets its end, UTC.</summary>
    public DateTime To { get; init; }
}
