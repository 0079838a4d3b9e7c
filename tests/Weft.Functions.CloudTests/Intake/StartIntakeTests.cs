using System.Text.Json.Nodes;
using Weft.Conformance;
using Weft.Language;

namespace Weft.Functions.CloudTests.Intake;

/// <summary>From a message on the start queue to how it is settled.</summary>
public sealed class StartIntakeTests : IntakeTest
{
    private const string Queue = "weft-start";

    [Fact]
    public async Task Message_StartsItsWorkflow_WhoseEndIsToldToItsReplyQueue()
    {
        Bus.CreateQueue("replies");

        await Bus.SendAsync(
            Queue, "m1", """{"workflow_id": "greet", "input": {"name": "Ada"}, "reply_to": "replies"}""", Deadline);

        var told = JsonNode.Parse((await Bus.ReceiveAsync("replies", Deadline)).Body.ToString())!;
        Assert.Equal(("completed", "Hello Ada"), (told["status"]!.GetValue<string>(), told["output"]!["text"]!.GetValue<string>()));
        await Eventually.HoldsAsync(() => Host.Queue.MessageIds.Count == 0, Deadline);
        Assert.Empty(Host.Queue.DeadLetters!.MessageIds);
    }

    [Fact]
    public async Task Messages_OfManySenders_AreStartedOnceEach()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Bus.SendAsync(Queue, $"m{n % 20}", Greet($"Ada {n % 20}"), Deadline)));

        await Eventually.HoldsAsync(() => Host.Queue.MessageIds.Count == 0, Deadline);
        Assert.Equal(20, Host.Starts.Executions.Distinct().Count());
    }

    [Theory]
    [InlineData("Hello", "invalid_message", "The body is no JSON: ")]
    [InlineData("""{"workflow_id": "nobody"}""", "workflow_not_found", "There is no workflow 'nobody'")]
    [InlineData("""{"workflow_id": "greet"}""", "invalid_input", "The input does not fit the input schema")]
    public async Task Message_ThatCanNeverStart_IsPutAsideWithItsReason(string body, string reason, string description)
    {
        await Bus.SendAsync(Queue, "m1", body, Deadline);

        var letter = await Bus.ReceiveAsync(Host.Queue.DeadLetters!.Name, Deadline);
        Assert.Equal((reason, body, 1), (letter.DeadLetterReason, letter.Body.ToString(), letter.DeliveryCount - 1));
        Assert.Contains(description, letter.DeadLetterErrorDescription, StringComparison.Ordinal);
        Assert.Empty(Host.Starts.Executions);
    }

    [Fact]
    public async Task Reason_ThatIsLongerThanTheBusTakes_IsCut()
    {
        await Bus.SendAsync(Queue, "m1", $$"""{"workflow_id": "{{new string('x', 5000)}}"}""", Deadline);

        var letter = await Bus.ReceiveAsync(Host.Queue.DeadLetters!.Name, Deadline);
        Assert.Equal(4000, letter.DeadLetterErrorDescription.Length);
    }

    [Fact]
    public async Task Message_WhoseStartMayDoLater_IsDeliveredAgain_AfterAPauseThatGrows()
    {
        var failures = 3;
        Host.Starts.Before = (_, _) => Interlocked.Decrement(ref failures) >= 0 ? throw Passing : Task.CompletedTask;

        await Bus.SendAsync(Queue, "m1", Greet("Ada"), Deadline);

        await Eventually.HoldsAsync(() => Host.Queue.MessageIds.Count == 0, Deadline);
        Assert.Single(Host.Starts.Made);
        Assert.Equal([1, 2, 4], Host.Time.Waits.Select(w => w.TotalSeconds));
        Assert.Empty(Host.Queue.DeadLetters!.MessageIds);
    }

    [Fact]
    public async Task Message_WhoseStartNeverDoes_IsPutAsideByTheBusAfterItsLastDelivery()
    {
        Host.Starts.Before = (_, _) => throw Passing;

        await Bus.SendAsync(Queue, "m1", Greet("Ada"), Deadline);

        var letter = await Bus.ReceiveAsync(Host.Queue.DeadLetters!.Name, Deadline);
        Assert.Equal(("m1", "MaxDeliveryCountExceeded"), (letter.MessageId, letter.DeadLetterReason));
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 60], Host.Time.Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task Message_WhoseLockIsLostBeforeItIsSettled_IsDeliveredAgain_AndStartsNothingMore()
    {
        Bus.Settling = _ =>
        {
            Bus.Settling = null;
            Host.Queue.ExpireLocks();
        };

        await Bus.SendAsync(Queue, "m1", Greet("Ada"), Deadline);

        await Eventually.HoldsAsync(() => Host.Queue.MessageIds.Count == 0, Deadline);
        Assert.Equal(2, Host.Starts.Executions.Count);
        Assert.Single(Host.Starts.Executions.Distinct());
    }

    [Fact]
    public async Task Message_ThatAHostHasInHandWhenItStops_GoesToTheNext()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Host.Starts.Before = (_, token) =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        await Bus.SendAsync(Queue, "m1", Greet("Ada"), Deadline);
        await begun.Task.WaitAsync(Deadline);
        Host.Queue.HandsNothingOut = true;

        await Host.StopTakingAsync();

        Assert.Empty(Host.Starts.Made);
        Host.Queue.ExpireLocks();
        Host.Queue.HandsNothingOut = false;
        Assert.Equal("m1", (await Bus.ReceiveAsync(Queue, Deadline)).MessageId);
    }

    [Fact]
    public async Task Message_OfAnotherClientsMaking_StartsItsWorkflow()
    {
        Host.Queue.Add(Foreign(Greet("Ada"), "m1"));

        await Eventually.HoldsAsync(() => Host.Queue.MessageIds.Count == 0, Deadline);
        Assert.Equal("queue:start:m1", Assert.Single(Host.Starts.Made).IdempotencyKey);
    }

    [Fact]
    public async Task Message_WhoseBodyIsNoText_IsPutAside()
    {
        Host.Queue.Add(Foreign(42, "m1"));

        Assert.Equal("invalid_message", (await Bus.ReceiveAsync(Host.Queue.DeadLetters!.Name, Deadline)).DeadLetterReason);
    }

    [Fact]
    public async Task Messages_WithoutAnId_AreStartedOnceEach()
    {
        Host.Queue.Add(Foreign(Greet("Ada")));
        Host.Queue.Add(Foreign(Greet("Grace")));

        await Eventually.HoldsAsync(() => Host.Queue.MessageIds.Count == 0, Deadline);
        Assert.Empty(Host.Queue.DeadLetters!.MessageIds);
        Assert.Equal(2, Host.Starts.Executions.Distinct().Count());
    }

    private static WeftException Passing => new("record_contended", Fault.Contended, "Too many at once.");
}
