using Weft.Embedded.Storage;
using Weft.Workflows.Orchestration;

namespace Weft.Embedded.Engine;

/// <summary>An instance starts, unless one of its id exists.</summary>
internal sealed class StartInstance(string id, string name, byte[] input, long? startAt, StoredTags tags) : WriteOperation<bool>
{
    public override void Apply(WriteSession session) =>
        Result = session.Instances.Create(id, name, input, startAt, parent: null, tags) is not null;
}

/// <summary>An activity's call ended.</summary>
internal sealed class ActivityEnded(ActivityCall call, HistoryEvent entry) : WriteOperation
{
    public override void Apply(WriteSession session)
    {
        call.Instance.Forget(call);

        // A replayed instance is not known to the writer before its first write.
        var instance = call.Instance.Log.No != 0 ? call.Instance : session.Instances.Find(call.Instance.Id);
        if (instance is { Log.IsLive: true } && instance.Log.Generation == call.Generation)
        {
            session.Instances.Append(instance, entry);
        }
    }
}

/// <summary>A timer fired.</summary>
internal sealed class TimerFired(Instance instance, TimerEntry timer) : WriteOperation
{
    public override void Apply(WriteSession session)
    {
        instance.Unpin();
        if (session.Instances.FindLive(instance.Id) is { } live && live.Log.Generation == timer.Generation)
        {
            session.Instances.Append(live, new HistoryEvent { Kind = HistoryEventKind.TimerFired, Step = timer.Step }, notBefore: timer.At);
        }
    }
}

/// <summary>What a turn decided about others, and its end.</summary>
internal sealed class TurnOperation(Instance instance, int generation, Effect[] effects, Outcome? outcome, bool firstTurn) : WriteOperation
{
    public override void Apply(WriteSession session)
    {
        instance.Unpin();
        var writer = session.Instances;
        if (writer.FindLive(instance.Id) is not { } live || live.Log.Generation != generation)
        {
            return;
        }

        if (firstTurn && live.Log.Status == OrchestrationStatus.Pending)
        {
            writer.SetStatus(live, OrchestrationStatus.Running);
        }

        writer.WritePending(live);
        foreach (var effect in effects)
        {
            Apply(writer, live, effect);
        }

        switch (outcome)
        {
            case Outcome.Completed completed:
                writer.End(live, new HistoryEvent { Kind = HistoryEventKind.Completed, Payload = completed.Output });
                break;
            case Outcome.Failed failed:
                writer.End(live, new HistoryEvent { Kind = HistoryEventKind.Failed, Payload = StoredFailure.Of(failed.Failure) });
                break;
            case Outcome.ContinuedAsNew next:
                writer.ContinueAsNew(live, next);
                break;
        }
    }

    private static void Apply(InstanceWriter writer, Instance live, Effect effect)
    {
        switch (effect)
        {
            case Effect.StartChild start:
                StartChild(writer, live, start);
                break;
            case Effect.SendEvent send:
                writer.Append(live, send.Decision);
                if (writer.FindLive(send.Decision.Other!) is { } target)
                {
                    writer.Append(target, new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = send.Decision.Name, Payload = send.Payload });
                }

                break;
            case Effect.TerminateChild terminate:
                if (writer.FindLive(terminate.InstanceId) is { } child && child.Identity!.Parent?.InstanceId == live.Id)
                {
                    writer.Terminate(child, StoredFailure.Terminated("Its parent gave it up."), tellParent: false);
                }

                break;
        }
    }

    private static void StartChild(InstanceWriter writer, Instance live, Effect.StartChild start)
    {
        var decision = start.Decision;
        writer.Append(live, decision);
        var refused = !writer.Knows(decision.Name!)
            ? new FailureDetails("orchestrator_not_registered", $"No orchestrator is named '{decision.Name}'.", NonRetryable: true)
            : writer.Create(decision.Other!, decision.Name!, start.Input, startAt: null, new ParentStep(live.Id, live.Log.Generation, decision.Step), StoredTags.None) is null
                ? new FailureDetails("instance_already_exists", $"There is an instance '{decision.Other}' already; a child needs an id of its own.", NonRetryable: true)
                : null;
        if (refused is not null)
        {
            writer.Append(live, new HistoryEvent { Kind = HistoryEventKind.ChildFailed, Step = decision.Step, Payload = StoredFailure.Of(refused) });
        }
    }
}

/// <summary>Records that found no company are written.</summary>
internal sealed class WriteRecords(IReadOnlyList<Instance> instances) : WriteOperation
{
    public override void Apply(WriteSession session)
    {
        foreach (var instance in instances)
        {
            if (session.Instances.FindLive(instance.Id) is { } live)
            {
                session.Instances.WritePending(live);
            }
        }
    }
}

/// <summary>An event comes from outside.</summary>
internal sealed class RaiseEvent(string id, string name, byte[] payload) : WriteOperation<bool>
{
    public override void Apply(WriteSession session)
    {
        if (session.Instances.FindLive(id) is { } live)
        {
            session.Instances.Append(live, new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = name, Payload = payload });
            Result = true;
        }
    }
}

/// <summary>An operator ends an instance.</summary>
internal sealed class Terminate(string id, string? reason) : WriteOperation<bool>
{
    private readonly byte[] _failure = StoredFailure.Terminated(string.IsNullOrEmpty(reason) ? "It was terminated." : reason);

    public override void Apply(WriteSession session)
    {
        if (session.Instances.FindLive(id) is { } live)
        {
            session.Instances.Terminate(live, _failure, tellParent: true);
            Result = true;
        }
    }
}

/// <summary>An operator holds an instance, or lets it go on.</summary>
internal sealed class Hold(string id, string? reason, bool hold) : WriteOperation<bool>
{
    private readonly byte[] _reason = Payload.Write(reason, "reason");

    public override void Apply(WriteSession session)
    {
        if (session.Instances.FindLive(id) is not { } live)
        {
            return;
        }

        Result = true;
        if ((live.Log.Status == OrchestrationStatus.Suspended) == hold)
        {
            return;
        }

        session.Instances.Append(live, new HistoryEvent
        {
            Kind = hold ? HistoryEventKind.Suspended : HistoryEventKind.Resumed,
            Payload = _reason,
        });
        session.Instances.SetStatus(live, hold ? OrchestrationStatus.Suspended : OrchestrationStatus.Running);
    }
}

/// <summary>An instance that has ended is deleted.</summary>
internal sealed class Purge(string id) : WriteOperation<bool>
{
    public override void Apply(WriteSession session)
    {
        if (session.Instances.Find(id) is { Log.IsLive: false } ended)
        {
            session.Instances.Purge(ended);
            Result = true;
        }
    }
}

/// <summary>Instances leave memory, if nothing is under way for them.</summary>
internal sealed class Park(IReadOnlyList<Instance> instances) : WriteOperation<int>
{
    public override void Apply(WriteSession session) => Result = instances.Count(session.Instances.Park);
}
