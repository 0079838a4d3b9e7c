using Weft.Agents.Records;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Workflows;

/// <summary>Records how an execution ended. Delivered again, it changes nothing; an execution that was cancelled meanwhile stays cancelled.</summary>
public sealed class RecordExecution(ExecutionRecords records) : IActivity<ExecutionDocument, RecordedExecution>
{
    /// <inheritdoc/>
    public async Task<RecordedExecution> RunAsync(ActivityContext context, ExecutionDocument input, CancellationToken cancellationToken)
    {
        var recorded = await records.EndAsync(input, cancellationToken);
        if (recorded)
        {
            ExecutionService.Count(input);
        }

        return new RecordedExecution(recorded);
    }
}
