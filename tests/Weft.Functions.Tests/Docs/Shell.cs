using System.Diagnostics;

namespace Weft.Functions.Tests.Docs;

/// <summary>Runs commands in bash, at the root of the project.</summary>
internal static class Shell
{
    /// <summary>Gets why it cannot run here; null: it can.</summary>
    public static string? Missing { get; } = File.Exists("/bin/bash") ? null : "The commands of the pages are bash's.";

    /// <summary>Runs them to their end.</summary>
    /// <returns>What they printed.</returns>
    public static async Task<string> RunAsync(string commands, params (string Name, string Value)[] variables)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(9));
        var start = new ProcessStartInfo("/bin/bash", ["-euo", "pipefail", "-c", commands])
        {
            WorkingDirectory = ProjectFiles.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        // Build servers would outlive the commands, and hold their output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.True(process.ExitCode == 0, $"{commands}\nended with {process.ExitCode}: {output}");
        return output;
    }
}
