using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

/// <content>The steps that the code can ask for.</content>
internal sealed partial class OrchestrationRun
{
    public Task<TResult> CallActivityAsync<TResult>(string name, object? input = null, ActivityOptions? options = null)
    {
        RequireTurn();
        Names.Name(name, "activity");
        var token = options?.CancellationToken ?? CancellationToken.None;
        var json = Payload.Write(input, $"input of activity '{name}'");
        return options?.Retry is { MaxAttempts: > 1 } retry
            ? RetryAsync(retry, token, _ => StartActivity<TResult>(name, json, token))
            : StartActivity<TResult>(name, json, token);
    }

    public Task<TResult> CallSubOrchestrationAsync<TResult>(string name, object? input = null, SubOrchestrationOptions? options = null)
    {
        RequireTurn();
        Names.Name(name, "orchestration");
        var token = options?.CancellationToken ?? CancellationToken.None;
        var json = Payload.Write(input, $"input of orchestration '{name}'");
        var id = options?.InstanceId is { } chosen ? Names.InstanceId(chosen) : null;
        return options?.Retry is { MaxAttempts: > 1 } retry
            ? RetryAsync(retry, token,
                attempt => StartChild<TResult>(name, json, id is null || attempt == 1 ? id : Names.Derived(id, $"~{attempt}"), token))
            : StartChild<TResult>(name, json, id, token);
    }

    public Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        RequireTurn();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var at = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : fireAt;
        var timer =
            new OpenTimer(new HistoryEvent { Kind = HistoryEventKind.TimerCreated, Step = _nextStep++, Time = Math.Max(at.Ticks, 1) });
        Ask(timer, cancellationToken);
        return timer.Task;
    }

    private Task<TResult> StartActivity<TResult>(string name, byte[] input, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        var call = new OpenCall<TResult>(
            new HistoryEvent { Kind = HistoryEventKind.ActivityScheduled, Step = _nextStep++, Name = name }) { Input = input };
        Ask(call, cancellationToken);
        return call.Task;
    }

    private Task<TResult> StartChild<TResult>(string name, byte[] input, string? id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        var step = _nextStep++;
        var call = new OpenCall<TResult>(new HistoryEvent
        {
            Kind = HistoryEventKind.ChildScheduled,
            Step = step,
            Name = name,
            Other = id ?? Names.Derived(InstanceId, $":{step}"),
        });
        _open.Add(step, call);
        if (Decide(call.Decision) is { } decision)
        {
            Decisions.Effects.Add(new Effect.StartChild(decision, input));
        }

        GiveUpWith(call, cancellationToken);
        return call.Task;
    }

    /// <summary>Opens an activity or a timer. Its record may wait: the step starts right after the turn.</summary>
    private void Ask(OpenStep step, CancellationToken cancellationToken)
    {
        _open.Add(step.Step, step);
        _asked.Add(step);
        if (Decide(step.Decision) is { } decision)
        {
            Decisions.Records.Add(decision);
        }

        GiveUpWith(step, cancellationToken);
    }

    private void GiveUpWith(OpenStep step, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            step.Registration = cancellationToken.UnsafeRegister(
                static (state, token) => { var (run, open) = ((OrchestrationRun, OpenStep))state!; run.GiveUp(open, token); },
                (this, step));
        }
    }

    private void GiveUp(OpenStep step, CancellationToken token)
    {
        if (!_turns.IsHere)
        {
            _turns.Post(static _ => { }, null);
            return;
        }

        if (_open.Remove(step.Step))
        {
            if (step.Decision.Kind == HistoryEventKind.ChildScheduled)
            {
                Decisions.Effects.Add(new Effect.TerminateChild(step.Decision.Other!));
            }
            else
            {
                Decisions.GivenUp.Add(step);
            }

            // Not inside the caller's Cancel(): the code that awaits the step goes on once the code that cancels has paused.
            _turns.Post(static state => { var (open, by) = ((OpenStep, CancellationToken))state!; open.Cancel(by); }, (step, token));
        }
    }

    private async Task<TResult> RetryAsync<TResult>(RetryPolicy policy, CancellationToken token, Func<int, Task<TResult>> attempt)
    {
        RetryBackoff.Validate(policy);
        var started = CurrentUtcDateTime;
        var place = _nextStep;
        for (var number = 1; ; number++)
        {
            TimeSpan delay;
            try
            {
                return await attempt(number);
            }
            catch (OrchestrationFailureException failed) when (
                RetryBackoff.NextDelay(policy, failed.Failure, number, CurrentUtcDateTime - started, InstanceId, place) is not null)
            {
                delay = RetryBackoff.NextDelay(policy, failed.Failure, number, CurrentUtcDateTime - started, InstanceId, place)!.Value;
            }

            await CreateTimer(CurrentUtcDateTime + delay, token);
        }
    }
}
