using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>What a turn decided about others, and its end.</summary>
internal sealed class TurnOperation(
    InstanceWriter writer, Instance instance, int generation, Effect[] effects, Outcome? outcome, bool firstTurn) : WriteOperation
{
    public override void Apply()
    {
        instance.Unpin();
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
                    writer.Append(target,
                        new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = send.Decision.Name, Payload = send.Payload });
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
        Instance? child = null;
        var refused = !writer.Knows(decision.Name!)
            ? new FailureDetails("orchestrator_not_registered", $"No orchestrator is named '{decision.Name}'.", NonRetryable: true)
            : (child = writer.Create(decision.Other!, decision.Name!, start.Input, startAt: null,
                new ParentStep(live.Id, live.Log.Generation, decision.Step), StoredTags.None)) is null
                ? new FailureDetails("instance_already_exists",
                    $"There is an instance '{decision.Other}' already; a child needs an id of its own.", NonRetryable: true)
                : null;
        if (refused is not null)
        {
            writer.Append(
                live, new HistoryEvent { Kind = HistoryEventKind.ChildFailed, Step = decision.Step, Payload = StoredFailure.Of(refused) });
        }
        else if (live.Log.Status == OrchestrationStatus.Suspended)
        {
            // The turn that decided it was under way when the parent was held.
            writer.Hold(child!, hold: true, Payload.Write("Its parent is held.", "reason"), []);
        }
    }
}
