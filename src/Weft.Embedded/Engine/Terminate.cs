using Weft.Embedded.Replay;

namespace Weft.Embedded.Engine;

/// <summary>An operator ends an instance.</summary>
internal sealed class Terminate(string id, string? reason) : WriteOperation<bool>
{
    private readonly byte[] _failure = StoredFailure.Terminated(string.IsNullOrEmpty(reason) ? "It was terminated." : reason);

    public override void Apply(WriteSession session)
    {
        if (session.Instances.FindLive(id) is { } live)
        {
            session.Instances.Terminate(live, _failure, tellParent: true);
            Result = true;
        }
    }
}
