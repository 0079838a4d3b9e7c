using System.Diagnostics;
using OpenTelemetry;
using Weft.Workflows.Durable;

namespace Weft.Functions.Telemetry;

/// <summary>Leaves out the worker's spans of orchestrators and activities, which the execution's own trace tells of.</summary>
/// <remarks>
/// Of an orchestrator each replay would be one, and of a model call two. HTTP requests, timers and messages keep theirs. What is written
/// to the log inside has the ids of the span that is left out, which the host's spans lie around.
/// </remarks>
internal sealed class DurableSpanFilter(IEnumerable<OrchestratorRegistration> orchestrators, IEnumerable<ActivityRegistration> activities)
    : BaseProcessor<Activity>
{
    private readonly HashSet<string> _durable =
        orchestrators.Select(o => o.Name).Concat(activities.Select(a => a.Name)).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("faas.name") is string function && _durable.Contains(function))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
