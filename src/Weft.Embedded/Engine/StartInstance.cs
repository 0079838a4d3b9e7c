using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>An instance starts, unless one of its id exists.</summary>
internal sealed class StartInstance(InstanceWriter writer, string id, string name, byte[] input, long? startAt, StoredTags tags)
    : WriteOperation<bool>
{
    public override void Apply() =>
        Result = writer.Create(id, name, input, startAt, parent: null, tags) is not null;
}
