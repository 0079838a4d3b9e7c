using System.ComponentModel.DataAnnotations;

namespace Weft.Runtime.Operations;

/// <summary>When an execution counts as stuck, and how often the rounds are made.</summary>
public sealed class OperationsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Weft:Operations";

    /// <summary>
    /// Gets or sets the time between two rounds, in seconds: completion messages that were left, stuck executions, retention.
    /// </summary>
    /// <value>5 to 3,600. The default is 30.</value>
    [Range(5, 3600)]
    public int RoundSeconds { get; set; } = 30;

    /// <summary>Gets or sets how long a running step may make no progress, in minutes, where its own timeout does not say more.</summary>
    /// <value>1 to 10,080 (a week). The default is 15.</value>
    [Range(1, 10_080)]
    public int StepMinutes { get; set; } = 15;

    /// <summary>Gets or sets how long a signal or an approval may be waited for, in hours.</summary>
    /// <value>1 to 8,760 (a year). The default is 24.</value>
    [Range(1, 8760)]
    public int WaitingHours { get; set; } = 24;

    /// <summary>
    /// Gets or sets how long an execution may have nothing that runs and nothing that it waits for, or not have begun, in minutes.
    /// </summary>
    /// <value>1 to 1,440. The default is 5.</value>
    [Range(1, 1440)]
    public int IdleMinutes { get; set; } = 5;
}
