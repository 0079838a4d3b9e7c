using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>Runs the body of the tasks and the steps dialects.</summary>
/// <remarks>
/// A failure that a handler takes counts as none. With an unhandled one, the steps dialect is partial when any step
/// succeeded, and failed when none did; the tasks dialect is failed, unless <c>fail_fast: false</c> lets it be partial too.
/// </remarks>
internal sealed class SequenceBodyRun(WorkflowRun run, SequenceBody body)
{
    public async Task<BodyOutcome> RunAsync(CancellationToken cancellationToken)
    {
        run.Trace.Total = TaskTree.Of(body.Tasks).Count();
        var list = await new TaskList(new TaskRunner(run), body.Tasks, TaskPlace.Top).RunAsync(body.FailFast, cancellationToken);
        var output = Output(list);
        if (list.Unhandled is not { } failed)
        {
            return new BodyOutcome(ExecutionStatus.Completed, output, null);
        }

        var mayBePartial = run.Definition.Dialect == Dialect.Steps || !body.FailFast;
        var isPartial = mayBePartial && list.Tasks.Any(x => x.Status == NodeStatus.Completed);
        return new BodyOutcome(isPartial ? ExecutionStatus.Partial : ExecutionStatus.Failed, isPartial ? output : null,
            failed.Failure) { FailedNode = failed.Id };
    }

    /// <summary>Of steps, what their transforms made, laid over each other; else the output of the task that ran last.</summary>
    private JsonNode? Output(ListOutcome list)
    {
        if (run.Definition.Dialect == Dialect.Steps)
        {
            var transforms =
                body.Tasks.OfType<BasicTask>().Where(x => x.Step is TransformStep).Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
            var made = list.Tasks.Where(x => transforms.Contains(x.Id) && x.Output is JsonObject).ToList();
            if (made.Count > 0)
            {
                return new JsonObject(
                    made.SelectMany(x => x.Output!.AsObject()).GroupBy(x => x.Key, StringComparer.Ordinal) // Where says that it is one
                    .Select(x => KeyValuePair.Create(x.Key, x.Last().Value?.DeepClone())));
            }
        }

        return list.Tasks.LastOrDefault(x => x.Status == NodeStatus.Completed)?.Output?.DeepClone();
    }
}
