using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>
/// What happens around the work of each node and task: it is adopted or skipped; or it begins, works, is charged and ends.
/// </summary>
/// <remarks>What follows from its end is the body's: which edges are taken, which task is next, what templates see of it.</remarks>
/// <param name="run">The execution.</param>
/// <param name="publishes">Whether each change is published here; a graph does so once for all that it starts.</param>
internal sealed class NodeLifecycle(WorkflowRun run, bool publishes)
{
    /// <summary>Leads a node through its life. A failure is a value.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; a node that had begun is traced as cancelled.</exception>
    public async Task<NodeEnd> RunAsync(NodeWork node, CancellationToken cancellationToken)
    {
        if (node.Adopted is { } adopted)
        {
            run.Trace.Note(AdoptedNode.TraceOf(adopted, run.Input.RerunOf));
            return new NodeEnd(NodeFate.Adopted, new StepOutcome(AdoptedNode.OutputOf(run.Loaded, node.Trace.NodeId), null));
        }

        int? place = null;
        StepOutcome outcome;
        try
        {
            if (await node.Condition(cancellationToken) is { } reason)
            {
                return new NodeEnd(NodeFate.Skipped, new StepOutcome(null, null), reason);
            }

            place = Begin(node.Trace);
            outcome = await node.Run(cancellationToken);
            if (outcome.Failure is null)
            {
                outcome = await node.Shape(outcome, cancellationToken);
            }
        }
        catch (WeftException exception)
        {
            outcome = StepOutcome.Of(exception);
        }
        catch (OperationCanceledException)
        {
            if (place is { } begun)
            {
                run.Trace.End(begun, x => x with { Status = NodeStatus.Cancelled });
                Publish();
            }

            throw;
        }

        return End(node.Trace, place, outcome);
    }

    /// <summary>Ends a node that failed before its life began: its id could not be made.</summary>
    public NodeEnd Fail(NodeTrace trace, WeftException exception) => End(trace, null, StepOutcome.Of(exception));

    private NodeEnd End(NodeTrace trace, int? begun, StepOutcome outcome)
    {
        var place = begun ?? Begin(trace);
        run.Trace.Charge(trace.NodeId, outcome.Usage.CostUsd, outcome.Usage.CostByModel);
        run.Trace.End(place, x => Traces.Of(x, outcome));
        Publish();
        return new NodeEnd(NodeFate.Ended, outcome);
    }

    private int Begin(NodeTrace trace)
    {
        var place = run.Trace.Begin(trace);
        Publish();
        return place;
    }

    private void Publish()
    {
        if (publishes)
        {
            run.Publish();
        }
    }
}
