using System.Text.Json.Serialization;

namespace Weft.Runtime.Operations;

/// <summary>Why an execution makes no progress.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StuckReason>))]
public enum StuckReason
{
    /// <summary>The engine has not taken its first turn.</summary>
    [JsonStringEnumMemberName("not_started")]
    NotStarted,

    /// <summary>It waits for a signal or an approval.</summary>
    [JsonStringEnumMemberName("waiting_for_signal")]
    WaitingForSignal,

    /// <summary>A step runs for longer than it should.</summary>
    [JsonStringEnumMemberName("step_running_long")]
    StepRunningLong,

    /// <summary>Nothing runs, and nothing is waited for.</summary>
    [JsonStringEnumMemberName("nothing_scheduled")]
    NothingScheduled,
}
