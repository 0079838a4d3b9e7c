using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace Weft.Functions.Tests.Infra;

/// <summary>The real compiler, from its NuGet package, on a copy of <c>infra/</c>.</summary>
/// <remarks>A package holds the compiler of one platform. Only Linux's is referenced: CI runs there, and each is large.</remarks>
internal static class Bicep
{
    private static readonly string? Compiler = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "BicepPath")?.Value;

    private static readonly ConcurrentDictionary<string, Lazy<CompilerRun>> Runs = new(StringComparer.Ordinal);

    /// <summary>Gets why it cannot run here; null: it can.</summary>
    public static string? Missing { get; } = OperatingSystem.IsLinux() && File.Exists(Compiler)
        ? null
        : "The package of the Bicep compiler is referenced for Linux alone.";

    /// <summary>Runs it once for the same words and variables.</summary>
    /// <param name="words">The command and its arguments; files are those of <c>infra/</c>.</param>
    /// <param name="variables">What main.bicepparam reads: <c>NAME=VALUE</c>.</param>
    public static CompilerRun Run(string words, params string[] variables) => Runs.GetOrAdd(
        string.Join('\n', [words, .. variables]), _ => new Lazy<CompilerRun>(() => Start(words, variables))).Value;

    private static CompilerRun Start(string words, string[] variables)
    {
        var folder = Copy();
        try
        {
            var start = new ProcessStartInfo(Compiler!, words.Split(' '))
            {
                WorkingDirectory = folder.FullName,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };

            // What the machine sets is not the test's.
            foreach (var name in InfraFiles.Variables)
            {
                start.Environment.Remove(name);
            }

            start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
            foreach (var variable in variables.Select(v => v.Split('=', 2)))
            {
                start.Environment[variable[0]] = variable[1];
            }

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var snapshot = Path.Combine(folder.FullName, "main.snapshot.json");
            return new CompilerRun(
                process.ExitCode, output, errors.GetAwaiter().GetResult(), File.Exists(snapshot) ? File.ReadAllText(snapshot) : null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A preview is written beside the parameters, which is no place for it in a work tree.
    private static DirectoryInfo Copy()
    {
        var source = Path.Combine(ProjectFiles.Root, "infra");
        var target = Directory.CreateTempSubdirectory("weft-infra-");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target.FullName, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }
}
