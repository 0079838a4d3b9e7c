using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Functions.Engine;
using Weft.Functions.Queues;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Triggers;

namespace Weft.Functions.Tests.Queues;

public sealed class StartQueueFunctionTests
{
    private readonly Starts _starts = new();
    private readonly ServiceBusMessageActions _actions = new();

    [Fact]
    public async Task AMessage_ThatStartsItsWorkflow_IsCompleted()
    {
        await ReceiveAsync("""{"workflow_id": "greet"}""");

        Assert.Equal(["completed m1"], _actions.Settled);
        Assert.Equal(["queue:start:m1"], _starts.Made.Select(s => s.IdempotencyKey));
    }

    [Fact]
    public async Task AMessage_OfASession_IsItsOwnQueuesAndCompleted()
    {
        await new StartQueueFunction(Handler(), new DurableClientAccessor(), new HastyTime())
            .StartFromSessionQueue(Message("""{"workflow_id": "greet"}"""), _actions, null!, CancellationToken.None);

        Assert.Equal(["completed m1"], _actions.Settled);
        Assert.Equal(["queue:start-sessions:m1"], _starts.Made.Select(s => s.IdempotencyKey));
    }

    [Fact]
    public async Task AMessage_ThatIsRefused_IsPutAsideWithItsReason()
    {
        _starts.Failure = new WeftException("workflow_not_found", Fault.NotFound, "There is no workflow 'greet'.");

        await ReceiveAsync("""{"workflow_id": "greet"}""");

        Assert.Equal(["dead-lettered m1: workflow_not_found: There is no workflow 'greet'."], _actions.Settled);
    }

    [Fact]
    public async Task AMessage_ThatIsRefusedAtLength_IsPutAsideWithWhatTheBusTakes()
    {
        _starts.Failure = new WeftException("invalid_input", Fault.Invalid, new string('x', 5000));

        await ReceiveAsync("""{"workflow_id": "greet"}""");

        Assert.Equal([$"dead-lettered m1: invalid_input: {new string('x', 4000)}"], _actions.Settled);
    }

    [Fact]
    public async Task AMessage_WhoseStartMayDoLater_IsAbandoned()
    {
        _starts.Failure = new WeftException("record_contended", Fault.Contended, "Too many at once.");

        await ReceiveAsync("""{"workflow_id": "greet"}""");

        Assert.Equal(["abandoned m1"], _actions.Settled);
    }

    [Fact]
    public async Task AMessage_WhoseStartTheHostCutsShort_IsNotSettled()
    {
        _starts.Failure = new OperationCanceledException();

        await Assert.ThrowsAsync<OperationCanceledException>(() => ReceiveAsync("""{"workflow_id": "greet"}"""));

        Assert.Empty(_actions.Settled);
    }

    private Task ReceiveAsync(string body) => new StartQueueFunction(Handler(), new DurableClientAccessor(), new HastyTime())
        .StartFromQueue(Message(body), _actions, null!, CancellationToken.None);

    private StartMessageHandler Handler() => new(_starts, NullLogger<StartMessageHandler>.Instance);

    private static ServiceBusReceivedMessage Message(string body) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(BinaryData.FromString(body), messageId: "m1");

    private sealed class Starts : IScheduledStarts
    {
        public List<StartExecution> Made { get; } = [];

        public Exception? Failure { get; set; }

        public Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            Made.Add(start);
            return Task.FromResult(new StartedExecution("e1", Repeated: false));
        }

        public Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
