namespace Weft.Embedded.Engine;

/// <summary>An instance that has ended is deleted.</summary>
internal sealed class Purge(string id) : WriteOperation<bool>
{
    public override void Apply(WriteSession session)
    {
        if (session.Instances.Find(id) is { Log.IsLive: false } ended)
        {
            session.Instances.Purge(ended);
            Result = true;
        }
    }
}
