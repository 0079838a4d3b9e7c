using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>Records that found no company are written.</summary>
internal sealed class WriteRecords(InstanceWriter writer, IReadOnlyList<Instance> instances) : WriteOperation
{
    public override void Apply()
    {
        foreach (var instance in instances)
        {
            if (writer.FindLive(instance.Id) is { } live)
            {
                writer.WritePending(live);
            }
        }
    }
}
