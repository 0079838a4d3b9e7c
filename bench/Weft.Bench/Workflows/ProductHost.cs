using System.Text.Json.Nodes;
using Weft.Cli.Hosting;
using Weft.Runtime.Executions;
using Weft.Runtime.Registry;
using Weft.Workflows.Durable;

namespace Weft.Bench.Workflows;

/// <summary>The whole embedded product on a fresh folder.</summary>
internal sealed class ProductHost : IAsyncDisposable
{
    private readonly LocalHost _host;
    private readonly string _folder;

    private ProductHost(LocalHost host, string folder)
    {
        _host = host;
        _folder = folder;
    }

    public static async Task<ProductHost> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("weft-bench-").FullName;
        return new ProductHost(await LocalHost.StartAsync(new HostSettings { DataFolder = folder }, cancellationToken), folder);
    }

    /// <summary>Registers a workflow.</summary>
    public async Task<string> PutAsync(string yaml, CancellationToken cancellationToken)
    {
        var put = await _host.Get<WorkflowRegistry>().PutAsync(yaml, new PutWorkflowOptions(), cancellationToken);
        return put.Version?.Id ?? throw new InvalidOperationException(string.Join('\n', put.Diagnostics));
    }

    /// <summary>Starts an execution and waits for its end.</summary>
    public async Task RunAsync(string workflowId, CancellationToken cancellationToken)
    {
        var started = await _host.Get<ExecutionStarter>().StartAsync(
            new StartExecution(workflowId, new JsonObject { ["customer"] = "Ann", ["message"] = "Where is my order?" }, []),
            cancellationToken);
        var ended = await _host.Get<IOrchestrationClient>().WaitForCompletionAsync(started.ExecutionId, cancellationToken);
        if (ended.Status != OrchestrationStatus.Completed || (string?)ended.Output?["status"] != "completed")
        {
            throw new InvalidOperationException(
                $"The execution ended as {ended.Status}: {ended.Failure?.Message} {ended.Output?.ToJsonString()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
