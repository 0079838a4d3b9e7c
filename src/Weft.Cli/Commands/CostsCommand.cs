using System.CommandLine;
using static Weft.Cli.Commands.ListingCommand;

namespace Weft.Cli.Commands;

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
