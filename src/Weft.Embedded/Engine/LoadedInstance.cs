using Weft.Embedded.Replay;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>An instance as a replay needs it.</summary>
internal sealed record LoadedInstance(
    InstanceIdentity Identity, int Generation, OrchestrationStatus Status, byte[]? CustomStatus, List<HistoryEvent> Entries, int LastBatch)
{
    public bool IsLive => Status is OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.Suspended;
}
