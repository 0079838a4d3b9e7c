using System.CommandLine;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Runtime.Registry;

namespace Weft.Cli.Commands;

/// <summary><c>weft graph</c>: what a definition runs, as a drawing.</summary>
internal static class GraphCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A workflow." };
        var format = new Option<string>("--format")
        {
            Description = "mermaid, dot or json.",
            DefaultValueFactory = _ => "mermaid",
        };
        format.AcceptOnlyFromAmong("mermaid", "dot", "json");
        var command = new Command("graph", "Draws the compiled graph of a workflow.") { file, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
            {
                throw new UsageException($"There is no file '{path}'.");
            }

            var loaded = await DefinitionFiles.LoadAsync(path, null, cancellationToken);
            foreach (var diagnostic in loaded.Diagnostics)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(diagnostic.ToString());
            }

            if (loaded.Definition is not { } definition)
            {
                return ExitCodes.Failed;
            }

            var drawing = WorkflowGraphRenderer.Render(definition, Enum.Parse<GraphFormat>(parsed.GetValue(format)!, ignoreCase: true));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(drawing);
            return ExitCodes.Completed;
        });
        return command;
    }
}
