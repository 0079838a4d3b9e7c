namespace Weft.Runtime.Schedules;

/// <summary>What happens at a tick while the execution of the last one still runs.</summary>
public enum OverlapPolicy
{
    /// <summary>The tick is left out.</summary>
    Skip,

    /// <summary>The tick waits for its turn; at most one waits.</summary>
    Queue,

    /// <summary>Both run.</summary>
    Allow,
}
