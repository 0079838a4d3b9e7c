using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;

namespace Weft.Functions.HostTests.Harness;

/// <summary>A Functions host as a process, with the app in a worker process of its own, and a client of the API.</summary>
internal sealed class HostProcess : ApiClient, IAsyncDisposable
{
    /// <summary>The functions' key.</summary>
    public const string Key = "test";

    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(2);

    // What this machine's environment may say for others.
    private static readonly string[] Foreign = ["OPENAI_", "ANTHROPIC_", "AZURE_", "GROQ_", "GEMINI_", "OLLAMA_", "COMPOSIO_", "WEFT_",
        "OTEL_", "ASPNETCORE_", "Logging_", "AzureWebJobs", "AzureFunctionsJobHost"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _killed;

    private HostProcess(Process process, int port)
        : base(new Uri($"http://127.0.0.1:{port}"), new LostWorkerHandler(), TimeSpan.FromMilliseconds(100))
    {
        _process = process;
        Client.DefaultRequestHeaders.Add("x-functions-key", Key);
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("It ended at its start."));
    }

    /// <summary>Gets what the host and its worker said, in order.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts it with settings as an app has them, and returns when it takes requests.</summary>
    public static async Task<HostProcess> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Build.Host, Build.App, port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys
            .Where(k => Foreign.Any(f => k.StartsWith(f, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["HOST_KEY"] = Key;
        var host = new HostProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, port);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            await host._ready.Task.WaitAsync(StartWithin);
            return host;
        }
        catch (Exception failed) when (failed is InvalidOperationException or TimeoutException)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"The host did not start:\n{host.Output}", failed);
        }
    }

    /// <summary>Asks the host itself: its processes, and how often each function was invoked.</summary>
    public async Task<JsonNode> AboutAsync(CancellationToken deadline) =>
        (await Client.GetFromJsonAsync<JsonNode>("/admin/host", deadline))!; // It answers an object.

    /// <summary>Runs a timer's function now, to its end.</summary>
    public async Task FireAsync(string function, CancellationToken deadline)
    {
        using var answer = await Client.PostAsync(new Uri("/admin/functions/" + function, UriKind.Relative), null, deadline);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(deadline));
    }

    /// <summary>Asks the worker to end, as the platform does before it takes an instance away, and returns when another answers.</summary>
    public async Task StopWorkerAsync(CancellationToken deadline)
    {
        using var worker = Process.GetProcessById((int)(await AboutAsync(deadline))["worker"]!);
        using var kill = Process.Start("kill", ["-TERM", worker.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(deadline);
        await worker.WaitForExitAsync(deadline);
        await GetAsync("health", deadline);
    }

    /// <summary>Kills the worker, as a crash of the app does. The host starts another.</summary>
    public async Task KillWorkerAsync(CancellationToken deadline)
    {
        using var worker = Process.GetProcessById(await WorkerAsync(deadline));
        worker.Kill();
        await worker.WaitForExitAsync(deadline);
    }

    // None between the death of one and the first call that another takes.
    private async Task<int> WorkerAsync(CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if ((int)(await AboutAsync(deadline))["worker"]! is var pid and not 0)
            {
                return pid;
            }

            await timer.WaitForNextTickAsync(deadline);
        }
    }

    /// <summary>Kills the host and its worker, as a crash of the machine does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_killed)
        {
            return;
        }

        _killed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.StartsWith("Ready on ", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
