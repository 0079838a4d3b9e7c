using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Weft.EndToEnd.Harness;

/// <summary>The command <c>weft</c> as a process of its own, with nothing of this machine's settings in its environment.</summary>
internal sealed class WeftProcess : IAsyncDisposable
{
    private static readonly string[] Foreign = ["OPENAI_", "ANTHROPIC_", "AZURE_", "GROQ_", "GEMINI_", "OLLAMA_", "COMPOSIO_", "WEFT_",
        "OTEL_", "ASPNETCORE_", "Logging_"];

    private readonly Process _process;
    private readonly Transcript _output = new();
    private readonly Transcript _error = new();

    private WeftProcess(Process process) => _process = process;

    public string Output => _output.Text;

    public string Error => _error.Text;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it in a folder of its own.</summary>
    public static WeftProcess Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "weft.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var name in start.Environment.Keys.Where(k => Foreign.Any(f => k.StartsWith(f, StringComparison.OrdinalIgnoreCase)))
            .ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var weft = new WeftProcess(process);
        process.OutputDataReceived += (_, line) => weft._output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => weft._error.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return weft;
    }

    /// <summary>Starts it with a text on its standard input, and waits for its end.</summary>
    public static async Task<Ended> RunAsync(
        string folder, IReadOnlyDictionary<string, string>? environment, string? input, CancellationToken deadline, params string[] args)
    {
        await using var weft = Start(folder, environment, args);
        if (input is not null)
        {
            await weft._process.StandardInput.WriteAsync(input.AsMemory(), deadline);
        }

        weft._process.StandardInput.Close();
        return await weft.EndAsync(deadline);
    }

    /// <summary>Waits for a line of standard output that begins so, and answers the rest of it.</summary>
    public async Task<string> LineAsync(string beginning, CancellationToken deadline)
    {
        try
        {
            return (await _output.LineAsync(l => l.StartsWith(beginning, StringComparison.Ordinal), deadline))[beginning.Length..];
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"No line '{beginning}…' came.\n{Output}\n{Error}", late);
        }
    }

    /// <summary>Waits for a line of standard error that holds a text.</summary>
    public Task<string> ErrorLineAsync(string part, CancellationToken deadline) =>
        _error.LineAsync(l => l.Contains(part, StringComparison.Ordinal), deadline);

    /// <summary>Waits for its end, and answers all that it said.</summary>
    public async Task<Ended> EndAsync(CancellationToken deadline)
    {
        try
        {
            await _process.WaitForExitAsync(deadline);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"It did not end.\n{Output}\n{Error}", late);
        }

        return new Ended(_process.ExitCode, Output, Error);
    }

    /// <summary>Sends a signal by its short name: INT, TERM.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as a crash does: nothing of it runs any more.</summary>
    public async Task KillAsync(CancellationToken deadline)
    {
        _process.Kill();
        await _process.WaitForExitAsync(deadline);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>How it ended, and what it said.</summary>
    internal sealed record Ended(int ExitCode, string Output, string Error);

    private sealed class Transcript
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Text
        {
            get { lock (_lock) { return string.Join('\n', _lines); } }
        }

        public void Add(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (_lock)
            {
                _lines.Add(line);
                _more.SetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task<string> LineAsync(Func<string, bool> wanted, CancellationToken deadline)
        {
            while (true)
            {
                Task more;
                lock (_lock)
                {
                    if (_lines.Find(l => wanted(l)) is { } line)
                    {
                        return line;
                    }

                    more = _more.Task;
                }

                await more.WaitAsync(deadline);
            }
        }
    }
}
