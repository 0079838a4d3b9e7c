using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Listener;
using Amqp.Types;
using Azure.Messaging.ServiceBus;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>A Service Bus namespace on loopback, for its real client: queues, sessions, locks, dead letters.</summary>
internal sealed class LoopbackBus : IAsyncDisposable
{
    private const string DeadLetterPath = "/$DeadLetterQueue";

    private readonly ConcurrentDictionary<string, BusQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly ContainerHost _host;

    public LoopbackBus()
    {
        var port = FreePort();
        _host = new ContainerHost([new Address($"amqp://localhost:{port}")]);
        var locks = new BusLocks();
        _host.Listeners[0].SASL.EnableMechanism(new Symbol(BusSaslProfile.Name), new BusSaslProfile());
        _host.Listeners[0].HandlerFactory = _ => locks;
        _host.RegisterRequestProcessor("$cbs", new BusTokens(() => RefusesAll));
        _host.RegisterLinkProcessor(new BusLinks(_queues.GetValueOrDefault, locks, held => Settling?.Invoke(held)));
        _host.Open();
        Client = new ServiceBusClient(
            $"Endpoint=sb://localhost:{port};SharedAccessKeyName=tests;SharedAccessKey=a2V5;UseDevelopmentEmulator=true",
            new ServiceBusClientOptions { RetryOptions = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(50) } });
    }

    /// <summary>Gets the client that is connected to it.</summary>
    public ServiceBusClient Client { get; }

    /// <summary>Gets or sets whether nobody has the right to anything.</summary>
    public bool RefusesAll { get; set; }

    /// <summary>Gets or sets what happens before a message is settled; it gets the message's lock.</summary>
    public Action<Guid>? Settling { get; set; }

    public BusQueue CreateQueue(string name, BusQueueRules? rules = null)
    {
        rules ??= new BusQueueRules();
        var aside = new BusQueue(
            name + DeadLetterPath, rules with { MaxDeliveryCount = null, RequiresDuplicateDetection = false, RequiresSession = false });
        var queue = new BusQueue(name, rules) { DeadLetters = aside };
        foreach (var one in (BusQueue[])[queue, aside])
        {
            _queues[one.Name] = one;
            _host.RegisterRequestProcessor(one.Name + "/$management", new BusManagement(one));
        }

        return queue;
    }

    /// <summary>Sends a text, as a sender with the real client does.</summary>
    public async Task SendAsync(
        string queue, string messageId, string body, CancellationToken cancellationToken, string? session = null)
    {
        await using var sender = Client.CreateSender(queue);
        await sender.SendMessageAsync(new ServiceBusMessage(body) { MessageId = messageId, SessionId = session }, cancellationToken);
    }

    /// <summary>Receives the next message of a queue, and settles it.</summary>
    public async Task<ServiceBusReceivedMessage> ReceiveAsync(string queue, CancellationToken cancellationToken)
    {
        await using var receiver = Client.CreateReceiver(
            queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.PeekLock });
        var message = await receiver.ReceiveMessageAsync(cancellationToken: cancellationToken);
        await receiver.CompleteMessageAsync(message, cancellationToken);
        return message;
    }

    /// <summary>Ends it, as if the network were gone.</summary>
    public void Stop() => _host.Close();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Stop();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
