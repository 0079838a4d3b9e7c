using System.CommandLine;
using static Weft.Cli.Commands.ListingCommand;

namespace Weft.Cli.Commands;

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
