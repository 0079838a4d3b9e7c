using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>An operator ends an instance.</summary>
internal sealed class Terminate(InstanceWriter writer, string id, string? reason) : WriteOperation<bool>
{
    private readonly byte[] _failure = StoredFailure.Terminated(string.IsNullOrEmpty(reason) ? "It was terminated." : reason);

    public override void Apply()
    {
        if (writer.FindLive(id) is { } live)
        {
            writer.Terminate(live, _failure, tellParent: true);
            Result = true;
        }
    }
}
