using Microsoft.Extensions.Logging;
using Weft.Agents.Storage;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Executions;

/// <summary>
/// Raises an alert when the share of a workflow's failed executions passes its <c>monitoring.alert_on_error_rate</c>: a warning in the log,
/// and a count.
/// </summary>
internal sealed class ErrorRateWatch(
    ExecutionRecords records, IDefinitionSource definitions, ExecutionMetrics metrics, ILogger<ErrorRateWatch> logger)
{
    /// <summary>The newest executions that count.</summary>
    public const int Window = 20;

    /// <summary>Fewer say nothing of a rate.</summary>
    public const int Fewest = 5;

    /// <summary>Looks at a workflow after one of its executions has ended.</summary>
    /// <returns>Whether the rate passed the threshold with this execution.</returns>
    public async Task<bool> LookAsync(ExecutionDocument ended, CancellationToken cancellationToken)
    {
        if (ended.Status != ExecutionStatus.Failed
            || await records.FindAsync(ended.ExecutionId, cancellationToken) is not { ContentHash: { Length: > 0 } hash }
            || await definitions.GetAsync(hash, cancellationToken) is not { Monitoring.AlertOnErrorRate: { } threshold })
        {
            return false;
        }

        var page = await records.ListAsync(new ExecutionQuery { WorkflowId = ended.WorkflowId, Limit = Window + 10 }, cancellationToken);
        var known = page.Items.Where(e => e.Status.HasEnded()).ToList();
        var rate = RateOf(known.Take(Window));

        // One alert for each time that it rises above, not one for each failure while it is there.
        var before = RateOf(known.Where(e => e.ExecutionId != ended.ExecutionId).Take(Window));
        if (known.Count < Fewest || rate <= threshold || (known.Count > Fewest && before > threshold))
        {
            return false;
        }

        logger.ErrorRateAlert(ended.WorkflowId, rate, Math.Min(known.Count, Window), threshold);
        metrics.Alerted(ended.WorkflowId, "error_rate");
        return true;
    }

    private static double RateOf(IEnumerable<ExecutionSummary> executions)
    {
        var all = executions.ToList();
        return all.Count == 0 ? 0 : (double)all.Count(e => e.Status == ExecutionStatus.Failed) / all.Count;
    }
}
