using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Weft.Functions.Engine;

namespace Weft.Functions.Tests.Engine;

public sealed class EventInboxTests : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly Channel<TaskCompletionSource<JsonNode?>> _listening = Channel.CreateUnbounded<TaskCompletionSource<JsonNode?>>();
    private readonly Channel<(string Name, int Value)> _sent = Channel.CreateUnbounded<(string Name, int Value)>();
    private readonly EventInbox _inbox;

    public EventInboxTests() => _inbox = new EventInbox(
        _ =>
        {
            var next = new TaskCompletionSource<JsonNode?>();
            _listening.Writer.TryWrite(next);
            return next.Task;
        },
        (name, payload) => _sent.Writer.TryWrite((name, payload.Read<int>("event"))),
        []);

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task Next_OfManyWaits_IsGivenToTheOldest()
    {
        var first = _inbox.NextAsync("go", CancellationToken.None);
        var second = _inbox.NextAsync("GO", CancellationToken.None);

        await ArriveAsync(1);
        Assert.Equal(1, (await first.WaitAsync(_deadline.Token)).Read<int>("event"));
        Assert.False(second.IsCompleted);
        await ArriveAsync(2);

        Assert.Equal(2, (await second.WaitAsync(_deadline.Token)).Read<int>("event"));
    }

    [Fact]
    public async Task Next_WhoseWaitWasCancelled_LeavesTheEventToTheNextOne()
    {
        await GiveUpAsync("go");
        await ArriveAsync(1);

        Assert.Equal(1, (await _inbox.NextAsync("go", CancellationToken.None).WaitAsync(_deadline.Token)).Read<int>("event"));
    }

    [Fact]
    public void Next_WithACancelledToken_ListensToNothing()
    {
        Assert.True(_inbox.NextAsync("go", new CancellationToken(canceled: true)).IsCanceled);

        Assert.False(_listening.Reader.TryRead(out _));
    }

    [Fact]
    public void Next_OfManyWaits_ListensOnceAtATime()
    {
        _ = _inbox.NextAsync("go", CancellationToken.None);
        _ = _inbox.NextAsync("go", CancellationToken.None);

        Assert.True(_listening.Reader.TryRead(out _));
        Assert.False(_listening.Reader.TryRead(out _));
    }

    [Fact]
    public async Task TakeAll_BeforeAnEventThatNobodyWaitsFor_SendsItToTheInstanceItself()
    {
        await GiveUpAsync("go");

        Assert.Empty(_inbox.TakeAll());
        await ArriveAsync(2);

        Assert.Equal(("go", 2), await _sent.Reader.ReadAsync(_deadline.Token));
    }

    [Fact]
    public async Task TakeAll_WithAnEventThatNobodyTook_TakesIt()
    {
        // The second wait of the name is answered by the second event; the first event is there by then, and stays.
        await GiveUpAsync("go");
        await ArriveAsync(1);
        Assert.Equal(1, (await _inbox.NextAsync("go", CancellationToken.None).WaitAsync(_deadline.Token)).Read<int>("event"));
        await GiveUpAsync("go");
        await ArriveAsync(2);
        var other = _inbox.NextAsync("other", CancellationToken.None);
        await ArriveAsync(3);
        await other.WaitAsync(_deadline.Token);

        var taken = Assert.Single(_inbox.TakeAll());

        Assert.Equal(("go", 2), (taken.Name, taken.Value!.Value.GetInt32()));
        Assert.False(_sent.Reader.TryRead(out _));
    }

    [Fact]
    public async Task TakeAll_WithEventsThatTheEngineKeeps_TakesThemInOrder()
    {
        var kept = new Queue<JsonNode?>([1, 2, 3]);
        var inbox = new EventInbox(
            _ => kept.TryDequeue(out var next) ? Task.FromResult(next) : new TaskCompletionSource<JsonNode?>().Task, (_, _) => { }, []);
        await inbox.NextAsync("go", CancellationToken.None);

        Assert.Equal([2, 3], inbox.TakeAll().Select(e => e.Value!.Value.GetInt32()));
    }

    [Fact]
    public async Task Next_OfTheNextGeneration_IsGivenWhatTheOneBeforeHadNotTaken()
    {
        var inbox = new EventInbox(
            _ => throw new InvalidOperationException("It is there already."), (_, _) => { },
            [new CarriedEvent("go", JsonSerializer.SerializeToElement(1)), new CarriedEvent("GO", JsonSerializer.SerializeToElement(2))]);

        var (first, second) = (inbox.NextAsync("Go", CancellationToken.None), inbox.NextAsync("go", CancellationToken.None));

        Assert.Equal((1, 2), ((await first).Read<int>("event"), (await second).Read<int>("event")));
    }

    private async Task GiveUpAsync(string name)
    {
        using var impatient = new CancellationTokenSource();
        var wait = _inbox.NextAsync(name, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private async Task ArriveAsync(int value) =>
        (await _listening.Reader.ReadAsync(_deadline.Token)).SetResult(new JsonObject { ["value"] = value });
}
