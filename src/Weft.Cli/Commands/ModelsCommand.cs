using System.CommandLine;
using static Weft.Cli.Commands.ListingCommand;

namespace Weft.Cli.Commands;

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
