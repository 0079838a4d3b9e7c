using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>A timer fired.</summary>
internal sealed class TimerFired(InstanceWriter writer, Instance instance, TimerEntry timer) : WriteOperation
{
    public override void Apply()
    {
        instance.Unpin();
        if (writer.FindLive(instance.Id) is { } live && live.Log.Generation == timer.Generation)
        {
            writer.Append(live, new HistoryEvent { Kind = HistoryEventKind.TimerFired, Step = timer.Step }, notBefore: timer.At);
        }
    }
}
