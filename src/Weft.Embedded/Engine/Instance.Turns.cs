using Weft.Embedded.Replay;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <content>Taking turns.</content>
internal sealed partial class Instance
{
    private LoadedInstance? _replayed;

    public override void Run()
    {
        try
        {
            while (Next(out var run, out var entries, out var old))
            {
                run.TakeTurn(entries, old);
                Act(run);
            }
        }
        catch (Exception) when (!engine.TakesTurns)
        {
            // The storage closed under it. The next start goes on from the last commit.
        }
        catch (Exception exception)
        {
            // Its history can't be read, or the engine itself is wrong: it stays as it was committed, and the others go on.
            engine.Log.InstanceStuck(exception, Id);
            lock (Gate)
            {
                _rest?.TrySetResult();
            }
        }
    }

    /// <summary>Finds what is to be delivered, replaying the history first when the instance is not in memory.</summary>
    private bool Next(out OrchestrationRun run, out List<HistoryEvent> entries, out int old)
    {
        old = 0;
        run = null!;
        var load = false;
        lock (Gate)
        {
            entries = [];
            if (_gone || !engine.TakesTurns)
            {
                return Rest();
            }

            if (_run is null or { HasEnded: true })
            {
                // A generation that begins in memory needs no reading: all of its history is in the inbox.
                if (HasStartLocked())
                {
                    _run = NewRun();
                }
                else if (_run is not null)
                {
                    return Rest();
                }
                else
                {
                    load = true;
                }
            }

            if (!load)
            {
                run = _run!;
                TakeVisibleLocked(entries);
                return entries.Count > 0 || run.IsForeign || Rest();
            }
        }

        return Load(out run, out entries, out old);
    }

    private bool Rest()
    {
        _scheduled = false;
        _rest?.TrySetResult();
        _rest = null;
        return false;
    }

    private bool HasStartLocked()
    {
        for (var i = 0; i < _visible; i++)
        {
            if (_inbox[i].Event.Kind == HistoryEventKind.Started)
            {
                _generation = _inbox[i].Generation;
                return engine.Orchestrators.ContainsKey(Identity!.Name);
            }
        }

        return false;
    }

    private void TakeVisibleLocked(List<HistoryEvent> entries)
    {
        for (var i = 0; i < _visible; i++)
        {
            entries.Add(_inbox[i].Event);
        }

        _inbox.RemoveRange(0, _visible);
        _visible = 0;
    }

    private OrchestrationRun NewRun() =>
        new(Identity!, _generation, engine.Orchestrators[Identity!.Name], engine.Services, () =>
        {
            OrchestrationRun? run;
            lock (Gate)
            {
                run = _run;
            }

            run?.ReportForeign();
            Schedule();
        });

    private bool Load(out OrchestrationRun run, out List<HistoryEvent> entries, out int old)
    {
        run = null!;
        entries = [];
        old = 0;
        var loaded = engine.Readers.Read(Id, static (reader, id) => reader.Load(id));
        if (loaded is null || !loaded.IsLive || !engine.Orchestrators.ContainsKey(loaded.Identity.Name))
        {
            if (loaded is { IsLive: true })
            {
                engine.Log.OrchestratorMissing(loaded.Identity.Name, Id);
            }

            lock (Gate)
            {
                _inbox.RemoveRange(0, _visible);
                _visible = 0;
                Rest();
            }

            engine.Forget(this);
            return false;
        }

        var startAt = loaded.Entries.First(entry => entry.Kind == HistoryEventKind.Started).Time;
        lock (Gate)
        {
            Identity = loaded.Identity;
            if (_gone)
            {
                return Rest();
            }

            if (startAt > engine.Now)
            {
                // Not due: what came early is in the history, and is read again then.
                _startAt = startAt;
                _inbox.RemoveRange(0, _visible);
                _visible = 0;
                Rest();
            }
            else
            {
                _generation = loaded.Generation;
                _startAt = null;
                run = _run = NewRun();
                entries = InOrderOfDelivery(loaded.Entries, startAt);
                old = Math.Max(0, entries.FindLastIndex(entry => !entry.IsDecision));
                for (var i = 0; i < _visible; i++)
                {
                    if (_inbox[i].Generation == loaded.Generation && _inbox[i].Batch > loaded.LastBatch)
                    {
                        entries.Add(_inbox[i].Event);
                    }
                }

                _inbox.RemoveRange(0, _visible);
                _visible = 0;
            }
        }

        if (run is null)
        {
            engine.Timers.Wake(Id, startAt);
            return false;
        }

        run.Expect(loaded.Entries);
        _replayed = loaded;
        return true;
    }

    /// <summary>
    /// Does what the code decided: steps start at once, for a replay would start them too; what others see is written first.
    /// </summary>
    private void Act(OrchestrationRun run)
    {
        var decisions = run.Decisions;
        var customStatus = decisions.CustomStatus;
        var firstTurn = false;
        if (_replayed is { } replayed)
        {
            _replayed = null;
            firstTurn = replayed.Status == OrchestrationStatus.Pending;
            customStatus = customStatus.AsSpan().SequenceEqual(replayed.CustomStatus) ? null : customStatus;
        }

        TurnOperation? write = null;
        List<TimerEntry>? timers = null;
        List<ActivityCall>? calls = null;
        bool dirty;
        lock (Gate)
        {
            if (_gone)
            {
                // Ended from outside while the code ran: what it decided is void.
                return;
            }

            if (_records.Count == 0 && _customStatus is null)
            {
                _dirtySince = engine.Milliseconds;
            }

            _records.AddRange(decisions.Records);
            _customStatus = customStatus ?? _customStatus;
            dirty = _records.Count > 0 || _customStatus is not null;
            foreach (var step in decisions.Started)
            {
                if (step is OpenTimer)
                {
                    var timer = new TimerEntry(step.Decision.Time, Id, this, _generation, step.Step);
                    _timers.Add(step.Step, timer);
                    (timers ??= []).Add(timer);
                }
                else
                {
                    var call = new ActivityCall(engine, this, _generation, step.Step, step.Decision.Name!, step.Input!);
                    step.Input = null;
                    _calls.Add(step.Step, call);
                    (calls ??= []).Add(call);
                }
            }

            _holds = run.IsSuspended;
            if (_holds)
            {
                (_held ??= []).AddRange(calls ?? []);
                calls = null;
            }
            else if (_held is not null)
            {
                (calls ??= []).AddRange(_held);
                _held = null;
            }

            if (firstTurn || decisions.Effects.Count > 0 || decisions.Outcome is not null)
            {
                write = new TurnOperation(engine.Instances, this, _generation, [.. decisions.Effects], decisions.Outcome, firstTurn);
                _pins++;
            }
        }

        GiveUp(decisions.GivenUp);
        foreach (var timer in timers ?? [])
        {
            engine.Timers.Add(timer);
        }

        foreach (var call in calls ?? [])
        {
            engine.Activities.Start(call);
        }

        if (write is not null)
        {
            engine.Storage.Writer.Submit(write, mayLead: Dispatcher.IsIdle);
        }
        else if (dirty)
        {
            engine.Lazy.Add(this);
        }
    }

    private void GiveUp(List<OpenStep> steps)
    {
        foreach (var step in steps)
        {
            TimerEntry? timer;
            ActivityCall? call;
            lock (Gate)
            {
                _timers.Remove(step.Step, out timer);
                _calls.TryGetValue(step.Step, out call);
            }

            if (timer is not null)
            {
                engine.Timers.Remove(timer);
            }

            call?.GiveUp();
        }
    }

    /// <summary>A timer's time has come.</summary>
    public void Fire(TimerEntry timer)
    {
        lock (Gate)
        {
            if (_gone || !_timers.Remove(timer.Step))
            {
                return;
            }

            _pins++;
        }

        engine.Storage.Writer.Submit(new TimerFired(engine.Instances, this, timer), mayLead: false);
    }

    /// <summary>What came before a delayed start was due comes before it: a hold must hold the first turn too.</summary>
    private static List<HistoryEvent> InOrderOfDelivery(List<HistoryEvent> entries, long startAt)
    {
        var start = entries.FindIndex(entry => entry.Kind == HistoryEventKind.Started);
        var end = start + 1;
        while (end < entries.Count && entries[end].At < startAt && !entries[end].IsDecision)
        {
            end++;
        }

        if (end > start + 1)
        {
            var started = entries[start];
            entries.RemoveAt(start);
            entries.Insert(end - 1, started);
        }

        return entries;
    }
}
