using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>An event comes from outside.</summary>
internal sealed class RaiseEvent(InstanceWriter writer, string id, string name, byte[] payload) : WriteOperation<bool>
{
    public override void Apply()
    {
        if (writer.FindLive(id) is { } live)
        {
            writer.Append(live, new HistoryEvent { Kind = HistoryEventKind.EventRaised, Name = name, Payload = payload });
            Result = true;
        }
    }
}
