using Weft.Runtime.Queues;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Executions;

/// <summary>
/// Records how an execution ended, and tells who asked to be told. Delivered again, it changes nothing; an execution that was cancelled
/// meanwhile stays cancelled.
/// </summary>
internal sealed class RecordExecution(ExecutionEnds ends, ErrorRateWatch watch, CompletionMessages completions)
    : IActivity<ExecutionDocument, RecordedExecution>
{
    /// <inheritdoc/>
    public async Task<RecordedExecution> RunAsync(ActivityContext context, ExecutionDocument input, CancellationToken cancellationToken)
    {
        var recorded = await ends.RecordAsync(input, cancellationToken);
        if (recorded.IsFirst)
        {
            await watch.LookAsync(input, cancellationToken);
        }

        if (recorded.MayHaveNotice)
        {
            await completions.SendAsync(input.ExecutionId, cancellationToken);
        }

        return new RecordedExecution(recorded.IsFirst);
    }
}
