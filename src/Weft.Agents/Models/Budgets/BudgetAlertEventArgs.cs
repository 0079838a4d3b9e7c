namespace Weft.Agents.Models.Budgets;

/// <summary>A budget that passed its alert threshold.</summary>
public sealed class BudgetAlertEventArgs(BudgetStatus budget, double threshold) : EventArgs
{
    public BudgetStatus Budget { get; } = budget;

    /// <summary>Gets the share of the limit that was passed, 0 to 1.</summary>
    public double Threshold { get; } = threshold;
}
