using System.Diagnostics;

namespace Weft.Extending.Tests.Kinds;

/// <summary>The command <c>dotnet</c>.</summary>
internal static class DotNet
{
    // What the tests are run by says these to its children; a build of its own finds its own.
    private static readonly string[] Foreign = ["MSBUILD", "VSTEST", "OPENAI_", "ANTHROPIC_", "COMPOSIO_", "WEFT_", "OTEL_"];

    /// <summary>Runs it to its end, and answers what it printed.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] args)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var start = new ProcessStartInfo("dotnet", args)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var foreign = start.Environment.Keys.Where(k => Foreign.Any(f => k.StartsWith(f, StringComparison.OrdinalIgnoreCase)));
        foreach (var name in foreign.ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!; // it starts a process of its own
        var (output, error) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }
}
