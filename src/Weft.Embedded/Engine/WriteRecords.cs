namespace Weft.Embedded.Engine;

/// <summary>Records that found no company are written.</summary>
internal sealed class WriteRecords(IReadOnlyList<Instance> instances) : WriteOperation
{
    public override void Apply(WriteSession session)
    {
        foreach (var instance in instances)
        {
            if (session.Instances.FindLive(instance.Id) is { } live)
            {
                session.Instances.WritePending(live);
            }
        }
    }
}
