using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Weft.Functions.AzuriteTests.Emulator;

/// <summary>The storage emulator with its three services, on ports of its own: started for the tests, and ended with them.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    /// <summary>Names the emulator's program, such as <c>node_modules/.bin/azurite</c>.</summary>
    public const string Variable = "WEFT_AZURITE";

    /// <summary>Why tests are left out where there is none.</summary>
    public const string HowTo =
        "The storage emulator was left out: it is no part of the project. Run 'npm install azurite@3.37.0' in some folder, and let "
        + $"{Variable} name its node_modules/.bin/azurite.";

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, string> _endpoints = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    /// <summary>Gets the program; null: there is none.</summary>
    public static string? Program => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } program ? program : null;

    /// <summary>Gets the connection string, with the emulator's published account and key.</summary>
    public string ConnectionString =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + string.Join(';', _endpoints.Select(e => $"{e.Key}Endpoint={e.Value}/devstoreaccount1"));

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return; // All tests are skipped.
        }

        var start = new ProcessStartInfo(Program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
        _process.Exited += (_, _) => _listens.TrySetException(new InvalidOperationException("It ended at its start."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await _listens.Task.WaitAsync(StartWithin);
        }
        catch (Exception failed) when (failed is InvalidOperationException or TimeoutException)
        {
            await DisposeAsync();
            throw new InvalidOperationException(
                $"The storage emulator that {Variable} names does not listen:\n{string.Join('\n', _output)}", failed);
        }
    }

    public Task DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
        _process = null;
        return Task.CompletedTask;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        // Kept for the message when it does not come up; it says a line a request later, unless told otherwise.
        if (!_listens.Task.IsCompleted)
        {
            _output.Enqueue(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _endpoints[match.Groups["service"].Value] = match.Groups["address"].Value;
            if (_endpoints.Count == 3)
            {
                _listens.TrySetResult();
            }
        }
    }

    [GeneratedRegex(
        @"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://\S+)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
