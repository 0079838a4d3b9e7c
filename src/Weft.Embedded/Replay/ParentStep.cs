namespace Weft.Embedded.Replay;

/// <summary>The step of another instance that an instance was started by.</summary>
internal sealed record ParentStep(string InstanceId, int Generation, int Step);
