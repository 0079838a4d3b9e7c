namespace Weft.Embedded.Engine;

/// <summary>How busy an engine is.</summary>
/// <param name="RunningActivities">Activities that run.</param>
/// <param name="WaitingActivities">Activities that wait for a place.</param>
/// <param name="WarmInstances">Instances in memory.</param>
public readonly record struct EngineLoad(int RunningActivities, int WaitingActivities, int WarmInstances);
