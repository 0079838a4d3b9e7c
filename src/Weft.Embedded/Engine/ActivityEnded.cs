using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>An activity's call ended.</summary>
internal sealed class ActivityEnded(InstanceWriter writer, ActivityCall call, HistoryEvent entry) : WriteOperation
{
    public override void Apply()
    {
        call.Instance.Forget(call);

        // A replayed instance is not known to the writer before its first write.
        var instance = call.Instance.Log.No != 0 ? call.Instance : writer.Find(call.Instance.Id);
        if (instance is { Log.IsLive: true } && instance.Log.Generation == call.Generation)
        {
            writer.Append(instance, entry);
        }
    }
}
