using System.CommandLine;
using static Weft.Cli.Commands.ListingCommand;

namespace Weft.Cli.Commands;

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
            new("agent", "name"), new("type", "type"), new("cost", "cost_tier"), new("healthy", "is_healthy"),
            new("capabilities", "capabilities"));
    }
}
