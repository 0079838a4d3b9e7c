using Weft.Functions.CloudTests.Bus;
using Weft.Functions.Queues;
using Weft.Language;
using Weft.Runtime.Queues;

namespace Weft.Functions.CloudTests.Queues;

public sealed class ServiceBusCompletionSenderTests : QueueTest
{
    private readonly ServiceBusCompletionSender _sender;

    public ServiceBusCompletionSenderTests() => _sender = new ServiceBusCompletionSender(Client);

    [Fact]
    public async Task Message_ThatIsSent_ArrivesWithItsIdAndBodyAsJson()
    {
        Bus.CreateQueue("replies");

        await _sender.SendAsync("replies", "completed-e1", """{"status": "completed"}""", Deadline);

        var received = await Bus.ReceiveAsync("replies", Deadline);
        Assert.Equal(
            ("completed-e1", "application/json", """{"status": "completed"}"""),
            (received.MessageId, received.ContentType, received.Body.ToString()));
    }

    [Fact]
    public async Task Messages_OfManyExecutionsAtOnce_GoEachToItsQueue()
    {
        var (one, other) = (Bus.CreateQueue("one"), Bus.CreateQueue("other"));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(
            n => _sender.SendAsync(n % 2 == 0 ? "one" : "other", $"completed-{n:D2}", "{}", Deadline)));

        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"completed-{2 * n:D2}"), one.MessageIds.Order());
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"completed-{(2 * n) + 1:D2}"), other.MessageIds.Order());
    }

    [Fact]
    public async Task Message_ThatIsSentAgain_LiesThereOnce()
    {
        var replies = Bus.CreateQueue("replies", new BusQueueRules { RequiresDuplicateDetection = true });

        await _sender.SendAsync("replies", "completed-e1", "{}", Deadline);
        await _sender.SendAsync("replies", "completed-e1", "{}", Deadline);

        Assert.Equal(["completed-e1"], replies.MessageIds);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(" ")]
    public async Task Queue_ThatIsNotThere_IsAnUnknownQueue(string queue)
    {
        var refused = await Assert.ThrowsAsync<WeftException>(() => _sender.SendAsync(queue, "completed-e1", "{}", Deadline));

        Assert.Equal(("unknown_queue", Fault.NotFound), (refused.Code, refused.Fault));
        Assert.Equal(
            $"There is no queue '{queue}' in the Service Bus namespace. Create it, or mend 'reply_to'.", refused.Message);
    }

    [Fact]
    public async Task Queue_ThatIsCreatedLater_GetsTheNextMessage()
    {
        await Assert.ThrowsAsync<WeftException>(() => _sender.SendAsync("replies", "completed-e1", "{}", Deadline));
        var replies = Bus.CreateQueue("replies");

        await _sender.SendAsync("replies", "completed-e2", "{}", Deadline);

        Assert.Equal(["completed-e2"], replies.MessageIds);
    }

    [Fact]
    public async Task Message_OfTheLargestBody_IsTakenByTheStandardTier()
    {
        var replies = Bus.CreateQueue("replies", new BusQueueRules { MaxMessageBytes = 256 * 1024 });

        await _sender.SendAsync(
            "replies", $"completed-{Guid.NewGuid()}", new string('x', CompletionMessages.MaxBodyBytes), Deadline);

        Assert.Single(replies.MessageIds);
    }

    [Fact]
    public async Task Message_ThatTheQueueDoesNotTake_IsTooLarge()
    {
        Bus.CreateQueue("replies", new BusQueueRules { MaxMessageBytes = 1000 });

        var refused = await Assert.ThrowsAsync<WeftException>(
            () => _sender.SendAsync("replies", "completed-e1", new string('x', 1000), Deadline));

        Assert.Equal(("message_too_large", Fault.TooLarge), (refused.Code, refused.Fault));
    }
}
