using System.ComponentModel.DataAnnotations;

namespace Weft.Runtime.Schedules;

/// <summary>How the embedded server looks after schedules.</summary>
public sealed class ScheduleOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Weft:Schedules";

    /// <summary>Gets or sets how often due ticks are looked for, in milliseconds: the most that a start is late.</summary>
    /// <value>From 100 to 60,000. The default is 1,000.</value>
    [Range(100, 60_000)]
    public int PassEveryMs { get; set; } = 1000;
}
