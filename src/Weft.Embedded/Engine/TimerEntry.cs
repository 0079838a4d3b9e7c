namespace Weft.Embedded.Engine;

/// <summary>A moment at which something is to happen to an instance.</summary>
/// <param name="At">When, in UTC ticks.</param>
/// <param name="InstanceId">To whom.</param>
/// <param name="Instance">The instance, if it is in memory; null to wake it.</param>
/// <param name="Generation">The generation whose timer it is.</param>
/// <param name="Step">The timer's step.</param>
internal sealed record TimerEntry(long At, string InstanceId, Instance? Instance, int Generation, int Step)
{
    /// <summary>Gets or sets the place among timers of the same moment: the order in which they were made.</summary>
    public long Order { get; set; }
}
