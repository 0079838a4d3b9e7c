using Weft.Conformance;
using Weft.Language;

namespace Weft.Functions.CloudTests.Intake;

/// <summary>From the messages of a session to the order of their starts.</summary>
public sealed class SessionIntakeTests : IntakeTest
{
    private const string Queue = "weft-start-sessions";

    [Fact]
    public async Task Messages_OfASession_StartInTheirOrder()
    {
        for (var number = 0; number < 15; number++)
        {
            await SendAsync($"s{number % 3}", number);
        }

        await DoneAsync();
        Assert.Equal(["m0", "m3", "m6", "m9", "m12"], StartsOf(0));
        Assert.Equal(["m1", "m4", "m7", "m10", "m13"], StartsOf(1));
        Assert.Equal(["m2", "m5", "m8", "m11", "m14"], StartsOf(2));

        IEnumerable<string> StartsOf(int session) => Started().Where(id => int.Parse(id[1..]) % 3 == session);
    }

    [Fact]
    public async Task Message_WhoseStartMayDoLater_IsNotOvertakenInItsSession()
    {
        var failures = 2;
        Host.Starts.Before = (start, _) => start.IdempotencyKey == "queue:start-sessions:m1" && Interlocked.Decrement(ref failures) >= 0
            ? throw new WeftException("record_contended", Fault.Contended, "Too many at once.")
            : Task.CompletedTask;

        for (var number = 1; number <= 3; number++)
        {
            await SendAsync("s1", number);
        }

        await DoneAsync();
        Assert.Equal(["m1", "m2", "m3"], Started());
    }

    [Fact]
    public async Task Session_ThatWaits_DoesNotHoldTheOthers()
    {
        var othersStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Host.Starts.Before = (start, token) =>
            start.IdempotencyKey == "queue:start-sessions:m1" ? othersStarted.Task.WaitAsync(token) : Task.CompletedTask;

        await SendAsync("s1", 1);
        await SendAsync("s1", 2);
        await SendAsync("s2", 3);
        await Eventually.HoldsAsync(() => Started().Contains("m3"), Deadline);
        othersStarted.SetResult();

        await DoneAsync();
        Assert.Equal(["m3", "m1", "m2"], Started());
    }

    [Fact]
    public async Task Message_ThatCanNeverStart_IsPutAside_AndTheSessionGoesOn()
    {
        await Bus.SendAsync(Queue, "m1", "Hello", Deadline, session: "s1");
        await SendAsync("s1", 2);

        await DoneAsync();
        Assert.Equal(["m1"], Host.SessionQueue.DeadLetters!.MessageIds);
        Assert.Equal(["m2"], Started());
    }

    private Task SendAsync(string session, int number) => Bus.SendAsync(Queue, $"m{number}", Greet($"Ada {number}"), Deadline, session);

    private Task DoneAsync() => Eventually.HoldsAsync(() => Host.SessionQueue.MessageIds.Count == 0, Deadline);

    private List<string> Started() => [.. Host.Starts.Made.Select(s => s.IdempotencyKey![(s.IdempotencyKey!.LastIndexOf(':') + 1)..])];
}
