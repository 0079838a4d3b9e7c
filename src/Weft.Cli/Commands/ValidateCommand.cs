using System.CommandLine;
using System.Globalization;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Runtime.Registry;

namespace Weft.Cli.Commands;

/// <summary><c>weft validate</c>: every finding in every file, at its place.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("validate", "Checks workflows and agent cards; exit code 1 when any has an error.") { paths };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var files = parsed.GetValue(paths)!.SelectMany(DefinitionFiles.Below).Distinct(StringComparer.Ordinal).ToList();
            var projects = files.Where(ProjectFolder.IsProjectFile)
                .Select(f => Path.GetDirectoryName(Path.GetFullPath(f)) + Path.DirectorySeparatorChar).ToList();
            var (errors, warnings) = (0, 0);
            var known = await DefinitionFiles.NamesAsync(files, cancellationToken);
            foreach (var file in files)
            {
                if (!ProjectFolder.IsProjectFile(file)
                    && projects.Exists(p => Path.GetFullPath(file).StartsWith(p, StringComparison.Ordinal)))
                {
                    continue; // The project names its workflows, and says what they share.
                }

                foreach (var diagnostic in await CheckAsync(file, known, cancellationToken))
                {
                    await output.WriteLineAsync(diagnostic.ToString());
                    _ = diagnostic.Severity == DiagnosticSeverity.Error ? errors++ : warnings++;
                }
            }

            await error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{Count(files.Count, "file")}: {Count(errors, "error")}, {Count(warnings, "warning")}."));
            return errors > 0 ? ExitCodes.Failed : ExitCodes.Completed;
        });
        return command;
    }

    /// <summary>The findings of a project with its workflows, of a card, or of a workflow.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> CheckAsync(string file, LoadOptions known, CancellationToken cancellationToken)
    {
        if (ProjectFolder.IsProjectFile(file))
        {
            return ProjectFolder.Load(Path.GetFullPath(file), file, known).Diagnostics;
        }

        return DefinitionFiles.IsAgentCard(file)
            ? AgentCardLoader.Load(await File.ReadAllTextAsync(file, cancellationToken), file).Diagnostics
            : (await DefinitionFiles.LoadAsync(file, known, cancellationToken)).Diagnostics;
    }

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? string.Empty : "s")}");
}
