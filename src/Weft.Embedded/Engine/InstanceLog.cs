using System.Buffers;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>Where an instance's history stands, as the writer sees it inside its transaction. The writer's alone.</summary>
internal sealed class InstanceLog
{
    /// <summary>Gets or sets the number of the instance; 0 until the writer has read it.</summary>
    public long No { get; set; }

    public int Generation { get; set; }

    public OrchestrationStatus Status { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the row says that the instance sleeps, so that a start does not replay it.
    /// </summary>
    public bool Parked { get; set; }

    /// <summary>Gets or sets the place of the next batch.</summary>
    public int NextBatch { get; set; }

    /// <summary>Gets or sets the time of the last entry.</summary>
    public long LastAt { get; set; }

    /// <summary>Gets or sets the entries of the transaction under way; null when there are none.</summary>
    public ArrayBufferWriter<byte>? Batch { get; set; }

    /// <summary>Gets or sets a value indicating whether the transaction under way has touched the instance.</summary>
    public bool Touched { get; set; }

    /// <summary>Gets or sets a value indicating whether the transaction changed what the outside sees.</summary>
    public bool Changed { get; set; }

    public bool IsLive => No != 0 && Status is OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.Suspended;

    public void CopyFrom(InstanceLog other)
    {
        No = other.No;
        Generation = other.Generation;
        Status = other.Status;
        Parked = other.Parked;
        NextBatch = other.NextBatch;
        LastAt = other.LastAt;
    }
}
