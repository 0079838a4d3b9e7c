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
                : $"/executions?limit={parsed.GetValue(limit)}{Filter("workflow_id", parsed.GetValue(workflow))}"
                    + Filter("status", parsed.GetValue(status)),
            "items",
            new("execution", "execution_id"), new("workflow", "workflow_id"), new("status", "status"), new("started", "started_at"),
            new("ms", "duration_ms"), new("cost", "total_cost_usd"));
    }

    private static string Filter(string name, string? value) => value is null ? string.Empty : $"&{name}={Uri.EscapeDataString(value)}";
}
