using DurableTask.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weft.Conformance;
using Weft.Functions.Engine;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Functions.EngineTests;

/// <summary>The adapter over the Durable SDK: a worker of its own, and the backend that the SDK's makers test with, in memory.</summary>
internal sealed class SidecarUnderTest : IEngineUnderTest
{
    private static readonly JsonDataConverter Converter = new(WeftJson.Options);

    private readonly DurableClientAccessor _accessor = new();
    private readonly WebApplication _sidecar;
    private readonly GrpcChannel _channel;
    private readonly TimeProvider _time;
    private IHost? _worker;
    private TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SidecarUnderTest(WebApplication sidecar, TimeProvider time)
    {
        _sidecar = sidecar;
        _channel = GrpcChannel.ForAddress(sidecar.Urls.Single());
        _time = time;
    }

    public IOrchestrationClient Client { get; private set; } = null!;

    public DurableTaskClient Durable => _accessor.Client;

    public IServiceProvider Services => _worker!.Services;

    public static async Task<IEngineUnderTest> StartAsync(EngineSetup setup, ShiftedTime time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(k => k.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2));
        var backend = new InMemoryOrchestrationService();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<IOrchestrationService>(backend);
        builder.Services.AddSingleton<IOrchestrationServiceClient>(backend);
        builder.Services.AddSingleton<TaskHubGrpcServer>();
        var sidecar = builder.Build();
        sidecar.MapGrpcService<TaskHubGrpcServer>();
        await sidecar.StartAsync();
        var started = new SidecarUnderTest(sidecar, time);
        await started.StartAgainAsync(setup);
        return started;
    }

    public async Task StartAgainAsync(EngineSetup setup)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = setup.DrainTimeout);
        builder.Services.AddSingleton<DurableClientAccessor>(_accessor);
        foreach (var orchestrator in setup.Orchestrators)
        {
            builder.Services.AddSingleton(orchestrator);
        }

        foreach (var activity in setup.Activities)
        {
            builder.Services.AddSingleton(activity);
        }

        builder.Services.AddSingleton<Orchestrators>();
        builder.Services.AddSingleton<ActivityRunner>();
        builder.Services.AddDurableTaskWorker(worker =>
        {
            worker.UseGrpc(_channel);
            worker.Configure(o => o.DataConverter = Converter);
            worker.AddTasks(tasks => AddTasks(tasks, setup));
        });
        builder.Services.AddDurableTaskClient(client =>
        {
            client.UseGrpc(_channel);
            client.Configure(o => o.DataConverter = Converter);
            client.RegisterDirectly();
        });
        _worker = builder.Build();
        Client = new DurableOrchestrationClient(_accessor, setup.Orchestrators, _time);
        _accessor.Use(_worker.Services.GetRequiredService<DurableTaskClient>());
        await _worker.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_worker is { } running)
        {
            _worker = null;
            await running.StopAsync();
            running.Dispose();
        }
    }

    public Task LoseProcessAsync(EngineSetup setup)
    {
        // What the host tells an orchestration of an activity whose worker died.
        var lost = Interlocked.Exchange(ref _lost, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lost.SetException(new WorkerProcessExitException());
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _channel.Dispose();
        await _sidecar.DisposeAsync();
    }

    private void AddTasks(DurableTaskRegistry tasks, EngineSetup setup)
    {
        foreach (var name in setup.Orchestrators.Select(o => o.Name))
        {
            tasks.AddOrchestrator(name, () => new SidecarOrchestrator(Services.GetRequiredService<Orchestrators>(), name));
        }

        foreach (var name in setup.Activities.Select(a => a.Name))
        {
            tasks.AddActivity(name, services => new SidecarActivity((context, input) => UnlessLostAsync(
                () => services.GetRequiredService<ActivityRunner>().RunAsync(name, context.InstanceId, input, CancellationToken.None))));
        }

        tasks.AddActivity(TerminateChild.FunctionName, _ => new SidecarActivity(
            (_, input) => new TerminateChild(TimeProvider.System).RunAsync(input, _accessor.Client, CancellationToken.None)));
    }

    private async Task<Payload> UnlessLostAsync(Func<Task<Payload>> runAsync)
    {
        // What is lost from now on counts: as soon as it runs, a test may lose it.
        var lost = _lost.Task;
        var running = runAsync();
        if (await Task.WhenAny(running, lost) == lost)
        {
            await lost;
        }

        return await running;
    }
}
