using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

/// <content>How history drives the code: one entry after the other, live and in a replay alike.</content>
internal sealed partial class OrchestrationRun
{
    private IReadOnlyList<HistoryEvent> _turn = [];
    private int _old;
    private volatile bool _foreign;

    /// <summary>Gets a value indicating whether the code went on by a task that is not the context's.</summary>
    public bool IsForeign => _foreign && !HasEnded;

    /// <summary>Says, from any thread, that the code went on by a task that is not the context's.</summary>
    public void ReportForeign() => _foreign = true;

    /// <summary>Takes a turn: hands the entries to the code, and gathers what it decides.</summary>
    /// <param name="entries">What happened, in the order of the history.</param>
    /// <param name="old">How many of them the code has been through before.</param>
    public void TakeTurn(IReadOnlyList<HistoryEvent> entries, int old)
    {
        Decisions.Clear();
        _asked.Clear();
        _turn = entries;
        _old = old;
        _turns.Run(_deliver);
        _turn = [];
        Conclude();
    }

    /// <summary>The history that a loaded run will pass through says which decisions it must come to again.</summary>
    public void Expect(IReadOnlyList<HistoryEvent> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.IsDecision)
            {
                _expected[entry.Step] = entry;
            }
        }
    }

    private void Deliver()
    {
        for (var i = 0; i < _turn.Count && _fatal is null; i++)
        {
            _replaying = i < _old;
            try
            {
                Deliver(_turn[i]);
                _turns.Drain();
            }
            catch (Exception exception)
            {
                // From code that nobody awaits, such as an async void method.
                _fatal = FailureDetails.Of(exception);
            }
        }

        _replaying = false;
    }

    private void Deliver(HistoryEvent entry)
    {
        if (entry.IsDecision)
        {
            RequireDecided(entry);
            return;
        }

        if (entry.Kind == HistoryEventKind.Suspended)
        {
            _suspended = true;
            return;
        }

        if (entry.Kind == HistoryEventKind.Resumed)
        {
            _suspended = false;
            _now = Math.Max(_now, entry.At);
            while (_held.TryDequeue(out var held) && _fatal is null)
            {
                Apply(held);
                _turns.Drain();
            }

            return;
        }

        if (_suspended)
        {
            _held.Enqueue(entry);
        }
        else
        {
            Apply(entry);
        }
    }

    private void Apply(HistoryEvent entry)
    {
        _now = Math.Max(_now, Math.Max(entry.At, entry.Kind == HistoryEventKind.Started ? entry.Time : 0));
        switch (entry.Kind)
        {
            case HistoryEventKind.Started:
                _input = entry.Payload;
                _nextStep = Math.Max(entry.Step, 0);
                _code = Start();
                break;
            case HistoryEventKind.EventRaised:
                Raise(entry);
                break;
            case HistoryEventKind.ActivityCompleted or HistoryEventKind.ChildCompleted or HistoryEventKind.TimerFired:
                Close(entry)?.Complete(entry.Payload);
                break;
            case HistoryEventKind.ActivityFailed or HistoryEventKind.ChildFailed:
                Close(entry)?.Fail(Payload.Read<FailureDetails>(entry.Payload, "failure")!);
                break;
        }
    }

    private Task Start()
    {
        try
        {
            return _orchestrator.RunAsync(_services, this);
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    /// <summary>Takes the step that an entry ends; null when the code gave it up before.</summary>
    private OpenStep? Close(HistoryEvent entry)
    {
        if (_open.Remove(entry.Step, out var step))
        {
            step.Registration.Dispose();
            return step;
        }

        return null;
    }

    /// <summary>Checks a decision against the history; answers it when it is new.</summary>
    private HistoryEvent? Decide(HistoryEvent decision)
    {
        if (_expected.Remove(decision.Step, out var expected))
        {
            if (expected.Kind != decision.Kind || !string.Equals(expected.Name, decision.Name, StringComparison.Ordinal)
                || !string.Equals(expected.Other, decision.Other, StringComparison.Ordinal))
            {
                throw Strayed($"step {decision.Step} was {Described(expected)}, and now the code asks for {Described(decision)}");
            }

            return null;
        }

        decision.At = _now;
        return decision;
    }

    /// <summary>The code must have come to a decision by the place at which the history has it.</summary>
    private void RequireDecided(HistoryEvent entry)
    {
        if (_expected.ContainsKey(entry.Step) && _fatal is null)
        {
            var instead = _code is { IsCompleted: true } ? "has ended without it" : "has not asked for it by then";
            Strayed($"step {entry.Step} was {Described(entry)}, and now the code {instead}");
        }
    }

    private WeftException Strayed(string how)
    {
        _fatal ??= new FailureDetails(
            "non_deterministic_orchestration",
            $"Instance '{InstanceId}' of orchestrator '{Name}' can't be replayed: in its history {how}. Either the code was changed "
            + "while this instance ran (finish such instances on the old version, or end them and start anew), or it decides by something "
            + "that differs from run to run (a clock, a random number, the order of a dictionary).",
            NonRetryable: true);
        return new WeftException(_fatal.Code, _fatal.AsFault(), _fatal.Message);
    }

    private static string Described(HistoryEvent decision) => decision.Kind switch
    {
        HistoryEventKind.ActivityScheduled => $"a call of activity '{decision.Name}'",
        HistoryEventKind.ChildScheduled => $"a start of orchestration '{decision.Name}' as '{decision.Other}'",
        HistoryEventKind.TimerCreated => "a timer",
        _ => $"event '{decision.Name}' sent to '{decision.Other}'",
    };

    private void Conclude()
    {
        foreach (var step in _asked)
        {
            if (_open.ContainsKey(step.Step))
            {
                Decisions.Started.Add(step);
            }
        }

        Decisions.Outcome = OutcomeNow();
        if (Decisions.Outcome is not null)
        {
            HasEnded = true;
            Decisions.Started.Clear();
            Decisions.GivenUp.AddRange(_open.Values);
            _open.Clear();
        }
    }

    private Outcome? OutcomeNow()
    {
        if (_fatal is not null)
        {
            return new Outcome.Failed(_fatal);
        }

        if (_foreign)
        {
            return new Outcome.Failed(Foreign());
        }

        if (_code is null)
        {
            return null;
        }

        if (!_code.IsCompleted)
        {
            // Nothing that the context could ever complete is open, so it is something else that the code waits for.
            return _open.Count == 0 && _waiting == 0 && _held.Count == 0 && !_suspended ? new Outcome.Failed(Foreign()) : null;
        }

        if (!_code.IsCompletedSuccessfully)
        {
            return new Outcome.Failed(FailureOf(_code));
        }

        if (_next is { } next)
        {
            return new Outcome.ContinuedAsNew(next.Input, next.KeepEvents ? [.. _unprocessed] : [], _nextStep);
        }

        try
        {
            return new Outcome.Completed(Payload.Checked(_orchestrator.ResultOf(_code), $"result of '{Name}'"));
        }
        catch (Exception exception)
        {
            return new Outcome.Failed(FailureDetails.Of(exception));
        }
    }

    private static FailureDetails FailureOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return new FailureDetails("unknown", "It failed without an exception.");
        }
        catch (Exception exception)
        {
            return FailureDetails.Of(exception);
        }
    }
}
