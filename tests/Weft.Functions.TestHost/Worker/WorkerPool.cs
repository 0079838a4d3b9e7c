using System.Collections.Concurrent;
using System.Diagnostics;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Worker;

/// <summary>Runs the app's worker process, one at a time, and another when it dies.</summary>
/// <param name="app">The app's library.</param>
/// <param name="logger">Where it says what happens.</param>
internal sealed class WorkerPool(string app, ILogger<WorkerPool> logger)
{
    // The host gives up for good after three deaths; a test kills more often than that. But a worker that never comes up is a fault.
    private const int DeathsAtStart = 5;

    private readonly ConcurrentDictionary<string, WorkerConnection> _connections = new(StringComparer.Ordinal);
    private readonly string _folder = Path.GetDirectoryName(app)!; // The library is a file.
    private volatile TaskCompletionSource<WorkerConnection> _ready = New();
    private Process? _process;

    /// <summary>Gets the process that takes invocations; 0: none at the moment.</summary>
    public int Pid { get; private set; }

    /// <summary>Gets how many processes were started.</summary>
    public int Starts { get; private set; }

    /// <summary>Gets the functions of the app. They are the same in each process.</summary>
    public IReadOnlyList<AppFunction> Functions { get; private set; } = [];

    /// <summary>Gets how often each function was invoked.</summary>
    public ConcurrentDictionary<string, int> Invocations { get; } = new(StringComparer.Ordinal);

    /// <summary>The connection whose process was started under an id; null: there is none.</summary>
    public WorkerConnection? Find(string? id) => id is not null && _connections.TryGetValue(id, out var found) ? found : null;

    /// <summary>Waits for a worker that takes invocations.</summary>
    public Task<WorkerConnection> ReadyAsync() => _ready.Task;

    /// <summary>Invokes a function once a worker takes it.</summary>
    public async Task<TypedData?> InvokeAsync(AppFunction function, InvocationRequest request) =>
        await InvokeAsync(await ReadyAsync(), function, request);

    /// <summary>Invokes a function of one worker.</summary>
    public Task<TypedData?> InvokeAsync(WorkerConnection connection, AppFunction function, InvocationRequest request)
    {
        Invocations.AddOrUpdate(function.Name, 1, (_, n) => n + 1);
        return connection.InvokeAsync(request);
    }

    /// <summary>Starts a process, and another after each that dies, until it is told to stop.</summary>
    /// <exception cref="InvalidOperationException">The app does not come up; the message says why.</exception>
    public async Task RunAsync(string rpcAddress, CancellationToken stopping)
    {
        for (var deaths = 0; deaths < DeathsAtStart && !stopping.IsCancellationRequested;)
        {
            var connection = new WorkerConnection($"w{++Starts}", logger);
            _connections[connection.Id] = connection;
            _process = Start(connection, rpcAddress);
            if (stopping.IsCancellationRequested)
            {
                Stop();
            }

            try
            {
                await PrepareAsync(connection);
                deaths = 0;
                Pid = _process.Id;
                Log.WorkerReady(logger, connection.Id, Pid, Functions.Count);
                _ready.TrySetResult(connection);
                await connection.Ended;
                Pid = 0;
                _ready = New();
            }
            catch (WorkerProcessExitException)
            {
                deaths++;
            }
        }

        if (!stopping.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The worker of {app} died {DeathsAtStart} times before it was ready.");
        }
    }

    /// <summary>Ends the process that runs.</summary>
    public void Stop() => _process?.Kill(entireProcessTree: true);

    private Process Start(WorkerConnection connection, string rpcAddress)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder };
        string[] arguments =
        [
            app, "--functions-uri", rpcAddress, "--functions-worker-id", connection.Id,
            "--functions-request-id", Guid.NewGuid().ToString(), "--functions-grpc-max-message-length", "2147483647",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = _folder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = _folder;
        start.Environment.Remove("ASPNETCORE_URLS"); // The worker's HTTP server picks its own port.
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) =>
        {
            Log.WorkerExited(logger, connection.Id, process.ExitCode);
            connection.Fail(new WorkerProcessExitException(process.ExitCode));
        };
        process.Start();
        return process;
    }

    private async Task PrepareAsync(WorkerConnection connection)
    {
        await connection.StartedAsync();
        var init = await connection.AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest
            {
                HostVersion = "4.1037.0",
                WorkerDirectory = _folder,
                FunctionAppDirectory = _folder,
            },
        });
        connection.HttpUri = init.WorkerInitResponse.Capabilities.TryGetValue("HttpUri", out var uri) ? uri.TrimEnd('/') : "";
        var metadata = await connection.AskAsync(
            new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = _folder } });
        foreach (var function in metadata.FunctionMetadataResponse.FunctionMetadataResults)
        {
            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var loaded = await connection.AskAsync(new StreamingMessage { FunctionLoadRequest = load });
            if (loaded.FunctionLoadResponse.Result is { Status: not StatusResult.Types.Status.Success } refused)
            {
                throw new InvalidOperationException($"The worker did not load {function.Name}: {refused.Exception?.Message}");
            }
        }

        Functions = [.. metadata.FunctionMetadataResponse.FunctionMetadataResults.Select(m => new AppFunction(m))];
    }

    private static TaskCompletionSource<WorkerConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
