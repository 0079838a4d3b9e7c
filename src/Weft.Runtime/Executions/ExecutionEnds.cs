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
    /// <returns>False when an end was recorded before; then nothing changed.</returns>
    public async Task<bool> RecordAsync(ExecutionDocument document, CancellationToken cancellationToken)
    {
        if (!await records.EndAsync(document, announce: queues.Value.Completed.Length > 0, cancellationToken))
        {
            return false;
        }

        ExecutionSpans.Write(document);
        metrics.Ended(document);
        return true;
    }
}
