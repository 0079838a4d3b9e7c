using Weft.Embedded.Replay;

namespace Weft.Embedded.Engine;

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
