using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>An operator holds an instance with all that it started, or lets them go on.</summary>
internal sealed class Hold(InstanceWriter writer, string id, string? reason, bool hold) : WriteOperation<bool>
{
    private readonly byte[] _reason = Payload.Write(reason, "reason");
    private readonly List<Instance> _told = [];

    /// <summary>Gets the instances that were told.</summary>
    public IReadOnlyList<Instance> Told => _told;

    public override void Apply()
    {
        if (writer.FindLive(id) is { } live)
        {
            writer.Hold(live, hold, _reason, _told);
            Result = true;
        }
    }
}
