using Weft.Embedded.Replay;

namespace Weft.Embedded.Engine;

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
