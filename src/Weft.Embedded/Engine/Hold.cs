using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>An operator holds an instance, or lets it go on.</summary>
internal sealed class Hold(InstanceWriter writer, string id, string? reason, bool hold) : WriteOperation<bool>
{
    private readonly byte[] _reason = Payload.Write(reason, "reason");

    public override void Apply()
    {
        if (writer.FindLive(id) is not { } live)
        {
            return;
        }

        Result = true;
        if ((live.Log.Status == OrchestrationStatus.Suspended) == hold)
        {
            return;
        }

        writer.Append(live, new HistoryEvent
        {
            Kind = hold ? HistoryEventKind.Suspended : HistoryEventKind.Resumed,
            Payload = _reason,
        });
        writer.SetStatus(live, hold ? OrchestrationStatus.Suspended : OrchestrationStatus.Running);
    }
}
