namespace Weft.Language.Definitions;

/// <summary>Limits on money, in USD. Null means no limit.</summary>
public sealed record CostControls
{
    /// <summary>Gets the most that one conversation may cost in all its executions, in USD; null: no limit.</summary>
    public double? MaxCostPerConversation { get; init; }

    /// <summary>Gets the most that one call of a model may cost, in USD; null: no limit.</summary>
    public double? MaxCostPerCall { get; init; }

    /// <summary>Gets the most that one execution may cost, in USD; null: no limit.</summary>
    public double? MaxCostPerExecution { get; init; }

    /// <summary>Gets the most that the workflow may cost in a day of UTC, in USD; null: no limit.</summary>
    public double? DailyBudget { get; init; }

    /// <summary>Gets the most that the workflow may cost in a month of UTC, in USD; null: no limit.</summary>
    public double? MonthlyBudget { get; init; }

    /// <summary>Gets the share of a budget at which an alert is raised, 0 to 1; null: the product's.</summary>
    public double? AlertThreshold { get; init; }
}
