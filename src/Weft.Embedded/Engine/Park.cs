namespace Weft.Embedded.Engine;

/// <summary>Instances leave memory, if nothing is under way for them.</summary>
internal sealed class Park(IReadOnlyList<Instance> instances) : WriteOperation<int>
{
    public override void Apply(WriteSession session) => Result = instances.Count(session.Instances.Park);
}
