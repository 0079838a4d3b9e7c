using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents;
using Weft.Embedded;
using Weft.Functions.CloudTests.Bus;
using Weft.Functions.Engine;
using Weft.Functions.Queues;
using Weft.Runtime;
using Weft.Runtime.Queues;
using Weft.Runtime.Registry;
using Weft.Runtime.Triggers;
using Weft.Workflows;

namespace Weft.Functions.CloudTests.Intake;

/// <summary>
/// A host of the product whose queues are the bus's: the two queue functions are called as the Service Bus extension calls them, by the
/// client's own processors with the settings of host.json. The engine is the embedded one.
/// </summary>
internal sealed class IntakeHost : IAsyncDisposable
{
    private const string Greet = """
        name: greet
        input:
          type: object
          properties: { name: { type: string } }
          required: [name]
        workflow:
          nodes:
            - { id: hello, transform: { text: "Hello {{ input.name }}" } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("weft-bus-").FullName;
    private readonly IHost _host;
    private readonly ServiceBusProcessor _messages;
    private readonly ServiceBusSessionProcessor _sessions;

    private IntakeHost(LoopbackBus bus)
    {
        Queue = bus.CreateQueue("weft-start", new BusQueueRules { RequiresDuplicateDetection = true });
        SessionQueue = bus.CreateQueue(
            "weft-start-sessions", new BusQueueRules { RequiresDuplicateDetection = true, RequiresSession = true });
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddEmbeddedEngine(o => o.DataFolder = _folder);
        WeftOrchestrators.Register(r => builder.Services.AddSingleton(r));
        builder.Services.AddWeftAgents();
        builder.Services.AddWeftRuntime(rounds: false);
        builder.Services.AddSingleton<ICompletionSender>(new ServiceBusCompletionSender(new Lazy<ServiceBusClient>(() => bus.Client)));
        _host = builder.Build();
        Starts = new Starts(_host.Services.GetRequiredService<IScheduledStarts>());
        var function = new StartQueueFunction(
            new StartMessageHandler(Starts, NullLogger<StartMessageHandler>.Instance), new DurableClientAccessor(), Time);

        _messages = bus.Client.CreateProcessor(Queue.Name, HostSettings.Processor);
        _messages.ProcessMessageAsync += m =>
            function.StartFromQueue(m.Message, new ServiceBusMessageActions(m), null!, m.CancellationToken); // no use is made of the client
        _messages.ProcessErrorAsync += _ => Task.CompletedTask;
        _sessions = bus.Client.CreateSessionProcessor(SessionQueue.Name, HostSettings.SessionProcessor);
        _sessions.ProcessMessageAsync += m =>
            function.StartFromSessionQueue(m.Message, new ServiceBusMessageActions(m), null!, m.CancellationToken); // likewise
        _sessions.ProcessErrorAsync += _ => Task.CompletedTask;
    }

    public BusQueue Queue { get; }

    public BusQueue SessionQueue { get; }

    public Starts Starts { get; }

    /// <summary>Gets the time that the functions wait by.</summary>
    public HastyTime Time { get; } = new();

    public static async Task<IntakeHost> StartAsync(LoopbackBus bus, CancellationToken cancellationToken)
    {
        var host = new IntakeHost(bus);
        await host._host.StartAsync(cancellationToken);
        var put = await host._host.Services.GetRequiredService<WorkflowRegistry>().PutAsync(
            Greet, new PutWorkflowOptions(), cancellationToken);
        Assert.Empty(put.Diagnostics);
        await host._messages.StartProcessingAsync(cancellationToken);
        await host._sessions.StartProcessingAsync(cancellationToken);
        return host;
    }

    /// <summary>Takes no more messages, as a host that stops: what it has in hand is cancelled.</summary>
    public async Task StopTakingAsync()
    {
        await _messages.StopProcessingAsync();
        await _sessions.StopProcessingAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _messages.DisposeAsync();
        await _sessions.DisposeAsync();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
