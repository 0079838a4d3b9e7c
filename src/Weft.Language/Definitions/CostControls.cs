namespace Weft.Language.Definitions;

/// <summary>Limits on money, in USD. Null means no limit.</summary>
public sealed record CostControls
{
    public double? MaxCostPerConversation { get; init; }

    public double? MaxCostPerCall { get; init; }

    public double? MaxCostPerExecution { get; init; }

    public double? DailyBudget { get; init; }

    public double? MonthlyBudget { get; init; }

    /// <summary>Gets the share of a budget at which an alert is raised, 0 to 1.</summary>
    public double? AlertThreshold { get; init; }
}
