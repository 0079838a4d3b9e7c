using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>An instance that has ended is deleted.</summary>
internal sealed class Purge(InstanceWriter writer, string id) : WriteOperation<bool>
{
    public override void Apply()
    {
        if (writer.Find(id) is { Log.IsLive: false } ended)
        {
            writer.Purge(ended);
            Result = true;
        }
    }
}
