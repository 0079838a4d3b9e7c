using System.CommandLine;
using static Weft.Cli.Commands.ListingCommand;

namespace Weft.Cli.Commands;

/// <summary><c>weft executions</c>: what ran, or one of them whole.</summary>
internal static class ExecutionsCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("EXECUTION_ID") { Description = "One execution, whole.", Arity = ArgumentArity.ZeroOrOne };
        var workflow = new Option<string?>("--workflow") { Description = "Those of one workflow." };
        var status = new Option<string?>("--status") { Description = "Those in one status." };
        var limit = new Option<int>("--limit") { Description = "How many.", DefaultValueFactory = _ => 50 };
        var command = new Command("executions", "Lists executions, newest first, or shows one.") { id, workflow, status, limit };
        return Reading(
            command,
            parsed => parsed.GetValue(id) is { } one
                ? $"/executions/{Uri.EscapeDataString(one)}"
                : $"/executions?limit={parsed.GetValue(limit)}{Filter("workflow_id", parsed.GetValue(workflow))}{Filter("status", parsed.GetValue(status))}",
            "items",
            new("execution", "execution_id"), new("workflow", "workflow_id"), new("status", "status"), new("started", "started_at"),
            new("ms", "duration_ms"), new("cost", "total_cost_usd"));
    }

    private static string Filter(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";
}

/// <summary><c>weft agents</c>.</summary>
internal static class AgentsCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "One agent, whole.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("agents", "Lists agents, or shows one.") { name };
        return Reading(
            command,
            parsed => parsed.GetValue(name) is { } one ? $"/agents/{Uri.EscapeDataString(one)}" : "/agents",
            "items",
            new("agent", "name"), new("type", "type"), new("cost", "cost_tier"), new("healthy", "is_healthy"), new("capabilities", "capabilities"));
    }
}

/// <summary><c>weft models</c>.</summary>
internal static class ModelsCommand
{
    public static Command Create() => Reading(
        new Command("models", "Lists the models of the catalog."),
        _ => "/llm/models",
        "items",
        new("model", "name"), new("provider", "provider"), new("window", "context_window"), new("USD/1k in", "cost_per_1k_input"),
        new("USD/1k out", "cost_per_1k_output"), new("ms", "avg_latency_ms"), new("quality", "quality_score"));
}

/// <summary><c>weft tools</c>.</summary>
internal static class ToolsCommand
{
    public static Command Create()
    {
        var app = new Argument<string?>("APP") { Description = "The actions of one app.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("tools", "Lists Composio apps, or the actions of one.") { app };
        return Reading(
            command,
            parsed => parsed.GetValue(app) is { } one ? $"/composio/apps/{Uri.EscapeDataString(one)}/actions" : "/composio/apps",
            "items",
            new("app", "app_name"), new("name", "name"), new("action", "action_name"), new("description", "description"));
    }
}

/// <summary><c>weft costs</c>.</summary>
internal static class CostsCommand
{
    public static Command Create()
    {
        var period = new Option<string>("--period") { Description = "hourly, daily or monthly.", DefaultValueFactory = _ => "daily" };
        period.AcceptOnlyFromAmong("hourly", "daily", "monthly");
        var command = new Command("costs", "Sums what model calls cost.") { period };
        return Reading(
            command,
            parsed => $"/costs/summary?period={parsed.GetValue(period)}",
            "by_model",
            new("model", "selected_model"), new("calls", "calls"), new("USD", "cost_usd"), new("ms", "avg_latency_ms"));
    }
}
