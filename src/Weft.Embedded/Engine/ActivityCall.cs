using Weft.Embedded.Replay;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>One call of an activity while it waits or runs.</summary>
internal sealed class ActivityCall(EngineCore engine, Instance instance, int generation, int step, string name, byte[] input)
    : Work(engine.Dispatcher)
{
    private readonly CancellationTokenSource _cancellation = new();

    public Instance Instance => instance;

    public int Generation => generation;

    public int Step => step;

    /// <summary>The result no longer counts: the activity is told, if it runs.</summary>
    public void GiveUp() => _ = _cancellation.CancelAsync();

    public override void Run()
    {
        if (_cancellation.IsCancellationRequested)
        {
            Drop();
            return;
        }

        if (instance.Keeps(this))
        {
            engine.Activities.Finished(this);
            return;
        }

        if (!engine.ActivityKinds.TryGetValue(name, out var registration))
        {
            Fail(new FailureDetails(
                "activity_not_registered",
                $"No activity is named '{name}'. Registered: {string.Join(", ", engine.ActivityKinds.Keys.Order(StringComparer.Ordinal))}.",
                NonRetryable: true));
            return;
        }

        Task<byte[]> running;
        try
        {
            running = registration.RunAsync(engine.Services, new ActivityContext(instance.Id, name, step), input, _cancellation.Token);
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        if (running.IsCompletedSuccessfully)
        {
            Complete(running.Result);
        }
        else
        {
            _ = AwaitAsync(running);
        }
    }

    private async Task AwaitAsync(Task<byte[]> running)
    {
        Work ending;
        try
        {
            var output = await running;
            ending = new Ending(this, output, null);
        }
        catch (Exception exception)
        {
            ending = new Ending(this, null, exception);
        }

        engine.Dispatcher.RunHere(ending);
    }

    private void Complete(byte[] output)
    {
        try
        {
            Payload.Checked(output, $"result of activity '{name}'");
        }
        catch (WeftException exception)
        {
            Fail(FailureDetails.Of(exception) with { NonRetryable = true });
            return;
        }

        End(new HistoryEvent { Kind = HistoryEventKind.ActivityCompleted, Step = step, Payload = output });
    }

    private void Fail(Exception exception)
    {
        // Told to stop by whoever gave it up, or by a drain: then it has not failed, and a drained call runs again at the next start.
        if (_cancellation.IsCancellationRequested && (exception is OperationCanceledException || engine.Activities.IsCutOff))
        {
            Drop();
        }
        else
        {
            Fail(FailureDetails.Of(exception));
        }
    }

    private void Fail(FailureDetails failure) => End(new HistoryEvent
    {
        Kind = HistoryEventKind.ActivityFailed,
        Step = step,
        Payload = StoredFailure.Of(failure),
    });

    private void End(HistoryEvent entry)
    {
        engine.Storage.Writer.Submit(new ActivityEnded(engine.Instances, this, entry), mayLead: engine.Dispatcher.IsIdle);
        engine.Activities.Finished(this);
    }

    private void Drop()
    {
        // A drained call stays with its instance, which is then not put to sleep: the next start replays it, and makes the call again.
        if (!engine.Activities.IsCutOff)
        {
            instance.Forget(this);
        }

        engine.Activities.Finished(this);
    }

    private sealed class Ending(ActivityCall call, byte[]? output, Exception? exception) : Work(call.Dispatcher)
    {
        public override void Run()
        {
            if (exception is null)
            {
                call.Complete(output!);
            }
            else
            {
                call.Fail(exception);
            }
        }
    }
}
