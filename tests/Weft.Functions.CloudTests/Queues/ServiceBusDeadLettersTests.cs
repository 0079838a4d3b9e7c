using Weft.Functions.CloudTests.Bus;
using Weft.Functions.Queues;
using Weft.Language;
using Weft.Runtime.Queues;

namespace Weft.Functions.CloudTests.Queues;

/// <summary>The list of what was put aside.</summary>
public sealed class ServiceBusDeadLettersTests : QueueTest
{
    private readonly ServiceBusDeadLetters _letters;

    public ServiceBusDeadLettersTests() => _letters = new ServiceBusDeadLetters(Client);

    [Fact]
    public async Task Letter_IsListed_WithItsReason()
    {
        var queue = Bus.CreateQueue("weft-start");
        queue.DeadLetters!.Add(Letter("m1", """{"workflow_id": "greet"}"""), deliveries: 3);

        var page = await _letters.ListAsync("weft-start", 50, cursor: null, Deadline);

        var letter = Assert.Single(page.Items);
        Assert.Equal(
            new DeadLetter(
                "m1", "1", """{"workflow_id": "greet"}""", letter.EnqueuedAt, DeadAt: null, 3, "invalid_input", "'name' is missing."),
            letter);
        Assert.Equal(DateTimeKind.Utc, letter.EnqueuedAt.Kind);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task List_LeavesLettersWhereTheyAre()
    {
        var queue = Bus.CreateQueue("weft-start");
        queue.DeadLetters!.Add(Letter("m1", "{}"));

        await _letters.ListAsync("weft-start", 50, cursor: null, Deadline);

        Assert.Equal(["m1"], queue.DeadLetters.MessageIds);
        Assert.Equal(0, queue.DeadLetters.Locked);
    }

    [Fact]
    public async Task Pages_HaveEveryLetterOnce()
    {
        var queue = Bus.CreateQueue("weft-start");
        Fill(queue, 7, "{}");

        Assert.Equal([["m1", "m2", "m3"], ["m4", "m5", "m6"], ["m7"]], await PagesAsync("weft-start", 3));
    }

    [Fact]
    public async Task Page_OfLettersThatOneAnswerOfTheBusCannotHold_IsWhole()
    {
        var queue = Bus.CreateQueue("weft-start", new BusQueueRules { MaxPeekBytes = 5000 });
        Fill(queue, 5, new string('x', 3000));

        Assert.Equal([["m1", "m2", "m3", "m4"], ["m5"]], await PagesAsync("weft-start", 4));
    }

    [Fact]
    public async Task Letter_OfAnotherClientsMaking_IsListedWithTheRest()
    {
        var queue = Bus.CreateQueue("weft-start");
        queue.DeadLetters!.Add(Foreign("""{"workflow_id": "greet"}"""));
        queue.DeadLetters.Add(Foreign(42, "m2"));
        queue.DeadLetters.Add(Letter("m3", "{}"));

        var page = await _letters.ListAsync("weft-start", 50, cursor: null, Deadline);

        Assert.Equal(
            [("sequence-1", """{"workflow_id": "greet"}"""), ("m2", ""), ("m3", "{}")], page.Items.Select(l => (l.MessageId, l.Body)));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData(" ")]
    public async Task Queue_ThatIsNotThere_IsAnUnknownQueue(string queue)
    {
        var refused = await Assert.ThrowsAsync<WeftException>(() => _letters.ListAsync(queue, 50, cursor: null, Deadline));

        Assert.Equal(("unknown_queue", Fault.NotFound), (refused.Code, refused.Fault));
    }

    [Fact]
    public async Task Cursor_ThatNoPageGave_IsRefused()
    {
        Bus.CreateQueue("weft-start");

        var refused = await Assert.ThrowsAsync<WeftException>(() => _letters.ListAsync("weft-start", 50, "next", Deadline));

        Assert.Equal(("invalid_cursor", Fault.Malformed), (refused.Code, refused.Fault));
    }

    [Fact]
    public async Task App_WithoutTheRoles_IsToldWhichItNeeds()
    {
        Bus.CreateQueue("weft-start");
        Bus.RefusesAll = true;

        var refused = await Assert.ThrowsAsync<WeftException>(() => _letters.ListAsync("weft-start", 50, cursor: null, Deadline));

        Assert.Equal(("queue_unreachable", Fault.Unavailable), (refused.Code, refused.Fault));
        Assert.Contains("Azure Service Bus Data Receiver", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bus_ThatIsNotReached_IsAFailureThatMayPass()
    {
        Bus.CreateQueue("weft-start");
        Bus.Stop();

        var refused = await Assert.ThrowsAsync<WeftException>(() => _letters.ListAsync("weft-start", 50, cursor: null, Deadline));

        Assert.Equal(("queue_unreachable", Fault.Unavailable), (refused.Code, refused.Fault));
    }

    private async Task<List<string[]>> PagesAsync(string queue, int limit)
    {
        var pages = new List<string[]>();
        string? cursor = null;
        do
        {
            var page = await _letters.ListAsync(queue, limit, cursor, Deadline);
            pages.Add([.. page.Items.Select(l => l.MessageId)]);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return pages;
    }

    private static void Fill(BusQueue queue, int count, string body)
    {
        for (var number = 1; number <= count; number++)
        {
            queue.DeadLetters!.Add(Letter($"m{number}", body));
        }
    }
}
