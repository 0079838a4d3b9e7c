using Weft.Embedded.Replay;

namespace Weft.Embedded.Engine;

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
