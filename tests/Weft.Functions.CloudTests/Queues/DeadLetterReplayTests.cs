using Weft.Functions.CloudTests.Bus;
using Weft.Functions.Queues;
using Weft.Language;

namespace Weft.Functions.CloudTests.Queues;

public sealed class DeadLetterReplayTests : QueueTest
{
    private readonly ServiceBusDeadLetters _letters;

    public DeadLetterReplayTests() => _letters = new ServiceBusDeadLetters(Client);

    [Fact]
    public async Task Letter_ThatIsReplayed_IsSentAgainAsAMessageThatWasNeverDelivered()
    {
        var queue = Bus.CreateQueue("weft-start");
        queue.DeadLetters!.Add(Letter("m1", """{"workflow_id": "greet"}"""), deliveries: 3);

        Assert.True(await _letters.ReplayAsync("weft-start", "1", Deadline));

        Assert.Empty(queue.DeadLetters.MessageIds);
        var again = await Bus.ReceiveAsync("weft-start", Deadline);
        Assert.Equal(("""{"workflow_id": "greet"}""", 1), (again.Body.ToString(), again.DeliveryCount));
        Assert.Equal((null, null), (again.DeadLetterReason, again.DeadLetterErrorDescription));
    }

    [Fact]
    public async Task Letter_WhoseIdTheQueueRemembers_IsNotDroppedAsADuplicate()
    {
        var queue = Bus.CreateQueue("weft-start", new BusQueueRules { RequiresDuplicateDetection = true });
        queue.Add(Letter("m1", "{}"));
        var (message, _) = queue.Take(session: null)!.Value;
        queue.DeadLetter(message.Lock!.Value, "invalid_input", "No.");

        Assert.True(await _letters.ReplayAsync("weft-start", "1", Deadline));

        Assert.Equal(["m1:1"], queue.MessageIds);
    }

    [Fact]
    public async Task Letter_OfALongId_IsReplayedUnderOneThatTheBusTakes()
    {
        var queue = Bus.CreateQueue("weft-start");
        queue.DeadLetters!.Add(Letter(new string('m', 128), "{}"));

        Assert.True(await _letters.ReplayAsync("weft-start", "1", Deadline));

        Assert.Matches("^[0-9a-f]{64}$", Assert.Single(queue.MessageIds));
    }

    [Fact]
    public async Task Letter_OfASession_StaysInIt()
    {
        var queue = Bus.CreateQueue("weft-start-sessions", new BusQueueRules { RequiresSession = true });
        var letter = Letter("m1", "{}");
        letter.Properties.GroupId = "customer-7";
        queue.DeadLetters!.Add(letter);

        Assert.True(await _letters.ReplayAsync("weft-start-sessions", "1", Deadline));

        await using var session = await Bus.Client.AcceptSessionAsync("weft-start-sessions", "customer-7", cancellationToken: Deadline);
        Assert.Equal("m1:1", (await session.ReceiveMessageAsync(cancellationToken: Deadline)).MessageId);
    }

    [Fact]
    public async Task Letters_ThatLieBefore_AreGivenBack()
    {
        var queue = Bus.CreateQueue("weft-start");
        for (var number = 1; number <= 120; number++)
        {
            queue.DeadLetters!.Add(Letter($"m{number}", "{}"));
        }

        Assert.True(await _letters.ReplayAsync("weft-start", "110", Deadline));

        Assert.Equal(["m110:110"], queue.MessageIds);
        Assert.Equal((119, 0), (queue.DeadLetters!.MessageIds.Count, queue.DeadLetters.Locked));
    }

    [Fact]
    public async Task Letters_WhoseLocksRanOutMeanwhile_DoNotFailTheReplay()
    {
        var queue = Bus.CreateQueue("weft-start");
        queue.DeadLetters!.Add(Letter("m1", "{}"));
        queue.DeadLetters.Add(Letter("m2", "{}"));
        Bus.Settling = held =>
        {
            Bus.Settling = null;
            queue.DeadLetters.ExpireLocks(except: held);
        };

        Assert.True(await _letters.ReplayAsync("weft-start", "2", Deadline));

        Assert.Equal(["m1"], queue.DeadLetters.MessageIds);
    }

    [Fact]
    public async Task Letter_ThatIsNotThere_IsNotReplayed()
    {
        var queue = Bus.CreateQueue("weft-start");
        queue.DeadLetters!.Add(Letter("m1", "{}"));

        Assert.False(await _letters.ReplayAsync("weft-start", "2", Deadline));

        Assert.Equal(["m1"], queue.DeadLetters.MessageIds);
        Assert.Equal(0, queue.DeadLetters.Locked);
    }

    [Fact]
    public async Task Letter_ThatTheQueueDoesNotTakeBack_StaysALetter()
    {
        var queue = Bus.CreateQueue("weft-start", new BusQueueRules { MaxMessageBytes = 1000 });
        queue.DeadLetters!.Add(Letter("m1", new string('x', 1000)));

        var failed = await Assert.ThrowsAsync<WeftException>(() => _letters.ReplayAsync("weft-start", "1", Deadline));

        Assert.Equal("queue_unreachable", failed.Code);
        Assert.Equal(["m1"], queue.DeadLetters.MessageIds);
        Assert.Equal(0, queue.DeadLetters.Locked);
    }

    [Fact]
    public async Task Queue_ThatIsNotThere_IsAnUnknownQueue()
    {
        var refused = await Assert.ThrowsAsync<WeftException>(() => _letters.ReplayAsync("nowhere", "1", Deadline));

        Assert.Equal(("unknown_queue", Fault.NotFound), (refused.Code, refused.Fault));
    }
}
