using System.Text;
using Amqp;
using Amqp.Framing;
using Azure.Messaging.ServiceBus;
using Weft.Functions.CloudTests.Bus;

namespace Weft.Functions.CloudTests.Queues;

/// <summary>A bus of its own for each test, and a deadline.</summary>
public abstract class QueueTest : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));

    internal LoopbackBus Bus { get; } = new();

    private protected Lazy<ServiceBusClient> Client => new(() => Bus.Client);

    private protected CancellationToken Deadline => _patience.Token;

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        await Bus.DisposeAsync();
        _patience.Dispose();
    }

    /// <summary>A message as clients of AMQP other than Azure's send it: its body is one value, and it need not have an id.</summary>
    private protected static Message Foreign(object body, string? id = null) =>
        new(body) { Properties = id is null ? null : new Properties { MessageId = id } };

    private protected static Message Letter(string id, string body) => new()
    {
        Properties = new Properties { MessageId = id },
        BodySection = new Data { Binary = Encoding.UTF8.GetBytes(body) },
        ApplicationProperties = new ApplicationProperties
        {
            ["DeadLetterReason"] = "invalid_input",
            ["DeadLetterErrorDescription"] = "'name' is missing.",
        },
    };
}
