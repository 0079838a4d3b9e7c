namespace Weft.Embedded.Replay;

/// <summary>Who an instance is. None of it ever changes.</summary>
internal sealed record InstanceIdentity(string Id, string Name, long CreatedAt, ParentStep? Parent);
