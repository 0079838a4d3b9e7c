using Weft.EndToEnd.Harness;

namespace Weft.Cli.Tests;

/// <summary>A folder of the test's own, and command lines in this process or in one of their own.</summary>
public abstract class CliTest : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    private protected TempFolder Folder { get; } = new();

    protected CancellationToken Deadline => _deadline.Token;

    protected static string Example(string name) => Path.Combine(AppContext.BaseDirectory, "workflows", name);

    protected string Data => Folder.Below("data");

    protected string Write(string name, string text)
    {
        var path = Folder.Below(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs a command line in this process.</summary>
    private protected static async Task<WeftProcess.Ended> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error);
        return new WeftProcess.Ended(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs it in a process of its own: with a clean environment, a folder to work in, and a standard input.</summary>
    private protected Task<WeftProcess.Ended> ProcessAsync(
        IReadOnlyDictionary<string, string>? environment, string? input, params string[] args) =>
        WeftProcess.RunAsync(Folder.Path, environment, input, Deadline, args);

    private protected static void AssertEnds(int code, string said, WeftProcess.Ended ended)
    {
        Assert.True(ended.ExitCode == code, $"{ended.ExitCode}\n{ended.Output}\n{ended.Error}");
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Weft.", ended.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _deadline.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
