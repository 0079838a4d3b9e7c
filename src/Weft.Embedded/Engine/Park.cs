using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>Instances leave memory, if nothing is under way for them.</summary>
internal sealed class Park(InstanceWriter writer, IReadOnlyList<Instance> instances) : WriteOperation<int>
{
    public override void Apply() => Result = instances.Count(writer.Park);
}
