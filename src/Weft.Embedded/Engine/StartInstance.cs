using Weft.Embedded.Replay;

namespace Weft.Embedded.Engine;

/// <summary>An instance starts, unless one of its id exists.</summary>
internal sealed class StartInstance(string id, string name, byte[] input, long? startAt, StoredTags tags) : WriteOperation<bool>
{
    public override void Apply(WriteSession session) =>
        Result = session.Instances.Create(id, name, input, startAt, parent: null, tags) is not null;
}
