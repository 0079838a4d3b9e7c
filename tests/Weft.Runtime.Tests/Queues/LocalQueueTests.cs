using Microsoft.Extensions.Options;
using Weft.Agents.Tests.Models;
using Weft.Agents.Tests.Storage;
using Weft.Language;
using Weft.Runtime.Queues;
using Weft.Runtime.Tests.Records;

namespace Weft.Runtime.Tests.Queues;

public sealed class LocalQueueTests
{
    private const string Queue = "weft-start";

    private readonly MemoryRecordStore _store = new();
    private readonly ManualTime _time = new();
    private readonly QueueOptions _options = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private LocalQueue Sut => new(_store, Known.Contexts(_store), Options.Create(_options), _time);

    [Fact]
    public async Task Receive_MessagesThatWereSent_HandsThemOutOnceInOrder()
    {
        await SendAsync("a", "b", "c");

        var first = await ReceiveAsync(2);
        var second = await ReceiveAsync(2);

        Assert.Equal(["a", "b"], first.Select(m => m.Message.MessageId));
        Assert.Equal(["c"], second.Select(m => m.Message.MessageId));
        Assert.Equal("body of a", first[0].Message.Body);
        Assert.Empty(await ReceiveAsync(2));
    }

    [Fact]
    public async Task Send_AnIdWithinTheDuplicateWindow_IsTakenOnce()
    {
        Assert.True(await Sut.SendAsync(Queue, "a", "1", _deadline));
        Assert.False(await Sut.SendAsync(Queue, "a", "2", _deadline));

        _time.Advance(_options.DuplicateWindow);

        Assert.True(await Sut.SendAsync(Queue, "a", "3", _deadline));
        Assert.Equal(["1", "3"], (await ReceiveAsync(10)).Select(m => m.Message.Body));
    }

    [Fact]
    public async Task Send_TheSameIdFromManySidesAtOnce_IsTakenOnce()
    {
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => Sut.SendAsync(Queue, "a", $"{i}", _deadline), _deadline)));

        Assert.Single(taken, t => t);
        Assert.Single(await ReceiveAsync(10));
    }

    [Fact]
    public async Task Receive_FromManySidesAtOnce_HandsEachMessageToOne()
    {
        var ids = Enumerable.Range(0, 40).Select(i => $"m{i:D2}").ToArray();
        await SendAsync(ids);

        var received = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReceiveAsync(10), _deadline)));

        var handedOut = received.SelectMany(r => r).Select(m => m.Message.MessageId).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(handedOut.Distinct(StringComparer.Ordinal), handedOut);
        Assert.NotEmpty(handedOut);
    }

    [Fact]
    public async Task ALockThatRanOut_HandsTheMessageOutAgainAndIsWorthNothing()
    {
        await SendAsync("a");
        var lost = Assert.Single(await ReceiveAsync(1));
        _time.Advance(_options.LockDuration);

        var again = Assert.Single(await ReceiveAsync(1));

        Assert.Equal(2, again.Message.Deliveries);
        Assert.False(await Sut.CompleteAsync(Queue, lost.Lock, _deadline));
        Assert.False(await Sut.AbandonAsync(Queue, lost.Lock, "late", _deadline));
        Assert.True(await Sut.CompleteAsync(Queue, again.Lock, _deadline));
        _time.Advance(_options.LockDuration);
        Assert.Empty(await ReceiveAsync(1));
    }

    [Fact]
    public async Task Abandon_AMessage_PausesItForLongerEachTime()
    {
        await SendAsync("a");
        foreach (var pause in (int[])[1, 2, 4])
        {
            var held = Assert.Single(await ReceiveAsync(1));
            Assert.True(await Sut.AbandonAsync(Queue, held.Lock, "not now", _deadline));

            _time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromTicks(1));
            Assert.Empty(await ReceiveAsync(1));
            _time.Advance(TimeSpan.FromTicks(1));
        }
    }

    [Fact]
    public async Task TooManyDeliveries_PutTheMessageAsideWithTheLastFault()
    {
        _options.MaxDeliveries = 3;
        await SendAsync("a");
        for (var delivery = 0; delivery < 3; delivery++)
        {
            var held = Assert.Single(await ReceiveAsync(1));
            await Sut.AbandonAsync(Queue, held.Lock, "the disk is full", _deadline);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(await ReceiveAsync(1));

        var dead = Assert.Single((await Sut.ListAsync(Queue, 10, null, _deadline)).Items);
        Assert.Equal("max_delivery_count_exceeded", dead.Reason);
        Assert.Contains("the disk is full", dead.Description, StringComparison.Ordinal);
        Assert.Equal(3, dead.Deliveries);
    }

    [Fact]
    public async Task Replay_ADeadLetter_SendsItAsIfNew()
    {
        await SendAsync("a");
        var held = Assert.Single(await ReceiveAsync(1));
        await Sut.DeadLetterAsync(Queue, held.Lock, "invalid_message", "no workflow_id", _deadline);
        var dead = Assert.Single((await Sut.ListAsync(Queue, 10, null, _deadline)).Items);

        Assert.True(await Sut.ReplayAsync(Queue, dead.Sequence, _deadline));
        Assert.False(await Sut.ReplayAsync(Queue, dead.Sequence, _deadline));

        var again = Assert.Single(await ReceiveAsync(1));
        Assert.Equal((1, "body of a"), (again.Message.Deliveries, again.Message.Body));
        Assert.Empty((await Sut.ListAsync(Queue, 10, null, _deadline)).Items);
    }

    [Fact]
    public async Task Peek_AtMessages_LeavesThemWhereTheyAre()
    {
        await SendAsync("a", "b");
        await ReceiveAsync(1);

        Assert.Equal(["b"], (await Sut.PeekAsync(Queue, 10, null, _deadline)).Items.Select(m => m.MessageId));
        Assert.Equal("b", Assert.Single(await ReceiveAsync(1)).Message.MessageId);
    }

    [Fact]
    public async Task ALargeBody_ComesOutWhole_AndATooLargeOneIsRefused()
    {
        var body = new string('x', 200_000);
        await Sut.SendAsync(Queue, "a", body, _deadline);

        Assert.Equal(body, Assert.Single(await ReceiveAsync(1)).Message.Body);
        var refused = await Assert.ThrowsAsync<WeftException>(
            () => Sut.SendAsync(Queue, "b", new string('x', LocalQueue.MaxBodyBytes + 1), _deadline));
        Assert.Equal("message_too_large", refused.Code);
    }

    [Fact]
    public async Task AQueueThatIsNotThere_IsNamedWithTheNearest()
    {
        var refused = await Assert.ThrowsAsync<WeftException>(() => Sut.SendAsync("weft-strat", "a", "{}", _deadline));

        Assert.Equal("unknown_queue", refused.Code);
        Assert.Contains("weft-start", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALook_WhileManyMessagesAreHeld_ReadsNoneOfThem()
    {
        for (var i = 0; i < 500; i++)
        {
            await SendAsync($"m{i:D3}");
        }

        while ((await ReceiveAsync(100)).Count > 0)
        {
            // All are held now.
        }

        await SendAsync("last");
        var before = _store.Reads;

        Assert.Equal("last", Assert.Single(await ReceiveAsync(100)).Message.MessageId);
        Assert.InRange(_store.Reads - before, 1, 3);
    }

    [Fact]
    public async Task IdsPastTheWindow_AreForgotten_AndLaterOnesKept()
    {
        await SendAsync("a", "b");
        _time.Advance(_options.DuplicateWindow);
        await SendAsync("b", "c");

        Assert.Equal(2, await Sut.ForgetIdsAsync(Queue, 100, _deadline));

        Assert.False(await Sut.SendAsync(Queue, "b", "", _deadline));
        Assert.True(await Sut.SendAsync(Queue, "a", "", _deadline));
    }

    private Task<IReadOnlyList<LockedMessage>> ReceiveAsync(int atMost) => Sut.ReceiveAsync(Queue, atMost, null, _deadline);

    private async Task SendAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            Assert.True(await Sut.SendAsync(Queue, id, $"body of {id}", _deadline));
            _time.Advance(TimeSpan.FromTicks(1));
        }
    }
}
