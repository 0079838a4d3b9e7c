using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weft.Agents;
using Weft.Runtime;
using Weft.Runtime.Executions;
using Weft.Runtime.Registry;
using Weft.Workflows;
using Weft.Workflows.Contracts;

namespace Weft.Extending.Tests.Engines;

public sealed class EngineCompositionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weft-engine-").FullName;
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Host_WithAnEngineOfItsOwn_RunsWorkflows()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEngine(_folder).AddWeftAgents().AddWeftRuntime().AddLocalQueues();
        WeftOrchestrators.Register(x => builder.Services.AddSingleton(x));
        using var host = builder.Build();
        await host.StartAsync(_deadline.Token);
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Routes", "greeting.yaml"), _deadline.Token);
        var put = await host.Services.GetRequiredService<WorkflowRegistry>().PutAsync(text, new PutWorkflowOptions(), _deadline.Token);
        var input = new JsonObject { ["name"] = "Ada" };

        var started = await host.Services.GetRequiredService<ExecutionStarter>()
            .StartAsync(new StartExecution(put.Version!.Id, input, []), _deadline.Token);
        var ended = await host.Services.GetRequiredService<ExecutionService>()
            .WaitAsync(started.ExecutionId, TimeSpan.FromSeconds(30), _deadline.Token);
        await host.StopAsync(_deadline.Token);

        Assert.Equal(ExecutionStatus.Completed, ended.Status);
        Assert.Equal("Hello, ADA.", ended.Output!.GetValue<string>());
    }
}
