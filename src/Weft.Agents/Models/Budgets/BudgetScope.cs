using System.Globalization;
using Weft.Agents.Storage;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Budgets;

/// <summary>One purse that a call is paid from, with its limit.</summary>
/// <param name="Kind">conversation, execution, day or month.</param>
/// <param name="Owner">The workflow; <c>*</c>: all workflows of the host.</param>
/// <param name="Id">The conversation, the execution, or the period (<c>20261120</c>, <c>202611</c>), UTC.</param>
/// <param name="LimitUsd">The limit.</param>
/// <param name="AlertThreshold">The share of it at which an alert is raised.</param>
internal sealed record BudgetScope(string Kind, string Owner, string Id, decimal LimitUsd, double AlertThreshold)
{
    internal const string Table = "budgets";

    /// <summary>Gets the scope in words, for people.</summary>
    public string Label => Kind switch
    {
        "conversation" => $"conversation '{Id}' of workflow '{Owner}'",
        "execution" => $"execution '{Id}'",
        "day" => $"{Whose} on {Id} (UTC)",
        _ => $"{Whose} in {Id} (UTC)",
    };

    /// <summary>Gets what to change to raise the limit.</summary>
    internal string Setting => (Kind, Owner) switch
    {
        ("day", "*") => $"{ModelsOptions.Section}:{nameof(ModelsOptions.DailyBudget)}",
        ("month", "*") => $"{ModelsOptions.Section}:{nameof(ModelsOptions.MonthlyBudget)}",
        ("day", _) => "cost_controls.daily_budget",
        ("month", _) => "cost_controls.monthly_budget",
        ("conversation", _) => "cost_controls.max_cost_per_conversation",
        _ => "cost_controls.max_cost_per_execution",
    };

    /// <summary>Gets where its row lies: days and months by period, so that they can be listed; the many others spread by a hash.</summary>
    internal RowKey Key => Kind switch
    {
        "day" or "month" => new RowKey(Table, $"{Kind}|{Id}", RecordKeys.Part(Owner)),
        "conversation" => new RowKey(Table, $"{Kind}|{RecordKeys.Bucket(Id, 16)}", RecordKeys.Part(Owner) + "|" + RecordKeys.Part(Id)),
        _ => new RowKey(Table, $"{Kind}|{RecordKeys.Bucket(Id, 16)}", RecordKeys.Part(Id)),
    };

    private string Whose => Owner == "*" ? "all workflows" : $"workflow '{Owner}'";

    /// <summary>The scopes that pay for a call of a step.</summary>
    internal static IReadOnlyList<BudgetScope> For(StepScope step, CostControls? controls, ModelsOptions options, DateTimeOffset now)
    {
        var threshold = controls?.AlertThreshold ?? options.AlertThreshold;
        var day = now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var month = day[..6];
        var scopes = new List<BudgetScope>();
        Add("execution", step.WorkflowId, step.ExecutionId, controls?.MaxCostPerExecution, threshold);
        Add("conversation", step.WorkflowId, step.ConversationId ?? step.ExecutionId, controls?.MaxCostPerConversation, threshold);
        Add("day", step.WorkflowId, day, controls?.DailyBudget, threshold);
        Add("month", step.WorkflowId, month, controls?.MonthlyBudget, threshold);
        Add("day", "*", day, options.DailyBudget, options.AlertThreshold);
        Add("month", "*", month, options.MonthlyBudget, options.AlertThreshold);
        return scopes;

        void Add(string kind, string owner, string id, double? limit, double share)
        {
            if (limit is { } usd)
            {
                scopes.Add(new BudgetScope(kind, owner, id, (decimal)Math.Clamp(usd, 0, 1e12), share));
            }
        }
    }
}
