namespace Weft.Workflows.Durable;

/// <summary>Identifies one call of an activity.</summary>
/// <param name="InstanceId">The orchestration that made the call.</param>
/// <param name="Name">The activity's name.</param>
/// <param name="CallId">The call's number within the instance: the same each time the same call is delivered. -1 where the host does not
/// tell.</param>
public sealed record ActivityContext(string InstanceId, string Name, int CallId);
