using Microsoft.Extensions.Options;
using Weft.Runtime.Queues;
using Weft.Runtime.Records;
using Weft.Runtime.Telemetry;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Executions;

/// <summary>
/// Records the ends of executions, each once: its record, and with it the wish to tell a queue; then its spans and figures.
/// </summary>
public sealed class ExecutionEnds(ExecutionRecords records, ExecutionMetrics metrics, IOptions<QueueOptions> queues)
{
    /// <summary>Records how an execution ended. The first end is the one that stays.</summary>
    /// <returns>Whether it was the first; else nothing changed.</returns>
    public async Task<RecordedEnd> RecordAsync(ExecutionDocument document, CancellationToken cancellationToken)
    {
        var recorded = await records.EndAsync(document, announce: queues.Value.Completed.Length > 0, cancellationToken);
        if (recorded.IsFirst)
        {
            ExecutionSpans.Write(document);
            metrics.Ended(document);
        }

        return recorded;
    }
}
