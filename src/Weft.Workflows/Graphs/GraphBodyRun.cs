using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;
using Weft.Workflows.Steps;

namespace Weft.Workflows.Graphs;

/// <summary>Runs a graph: whatever is ready runs at once, and each completion decides what comes next.</summary>
internal sealed class GraphBodyRun
{
    private readonly WorkflowRun _run;
    private readonly GraphPlan _plan;
    private readonly GraphRun _graph;
    private readonly StepRunner _steps;
    private readonly NodeLifecycle _lifecycle;
    private readonly CancellationTokenSource _stop;
    private readonly Dictionary<string, FailureDetails> _routed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _sources = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];
    private FailureDetails? _failure;
    private string? _failedNode;
    private bool _pumping;

    public GraphBodyRun(WorkflowRun run, GraphPlan plan, CancellationToken cancellationToken)
    {
        _run = run;
        _plan = plan;
        _graph = new GraphRun(plan);
        _steps = new StepRunner(run);
        _lifecycle = new NodeLifecycle(run, publishes: false);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (var edge in plan.Edges.Where(x => x.To >= 0))
        {
            var target = plan.Nodes[edge.To];
            if (!_sources.TryGetValue(target, out var sources))
            {
                _sources[target] = sources = [];
            }

            sources.Add(plan.Nodes[edge.From]);
        }

        run.Trace.Total = plan.Nodes.Count;
    }

    /// <summary>Runs to the end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<BodyOutcome> RunAsync(CancellationToken cancellationToken)
    {
        Pump();
        for (var settled = 0; settled < _running.Count;)
        {
            var wave = _running[settled..];
            settled = _running.Count;
            await Task.WhenAll(wave);
        }

        _stop.Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            return new BodyOutcome(ExecutionStatus.Failed, null, _failure) { FailedNode = _failedNode };
        }

        return new BodyOutcome(ExecutionStatus.Completed, Result(), null);
    }

    /// <summary>Starts whatever is ready. What completes at once is taken up here too, without a deeper stack.</summary>
    private void Pump()
    {
        if (_pumping)
        {
            return;
        }

        _pumping = true;
        IReadOnlyList<string> ready;
        do
        {
            NoteSkipped();
            if (_failure is null && _run.OverBudget() is { } overspent && _graph.Ready.Count > 0)
            {
                Stop(overspent, _graph.Ready[0]);
            }

            ready = _failure is null && !_stop.IsCancellationRequested ? _graph.TakeReady() : [];
            foreach (var id in ready)
            {
                _running.Add(RunNodeAsync(_run.Workflow.Nodes[id]));
            }
        }
        while (ready.Count > 0);

        _pumping = false;
        _run.Publish();
    }

    private async Task RunNodeAsync(GraphNode node)
    {
        try
        {
            var end = await _lifecycle.RunAsync(WorkOf(node), _stop.Token);
            switch (end.Fate)
            {
                case NodeFate.Adopted:
                    await CompleteAsync(node, end.Outcome.Output);
                    break;
                case NodeFate.Skipped when _failure is not null:
                    break;
                case NodeFate.Skipped:
                    _graph.Skip(node.Id, end.Reason!); // a skipped node has one
                    break;
                default:
                    await EndAsync(node, end.Outcome);
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends, and says why.
        }
        finally
        {
            Pump();
        }
    }

    private NodeWork WorkOf(GraphNode node)
    {
        var predecessors = PredecessorsOf(node.Id);
        var locals = LocalsOf(predecessors);
        var scope = _run.StepScope(node.Id);
        return new NodeWork
        {
            Trace = TraceOf(node, NodeStatus.Running),
            Adopted = _run.Loaded.Adopted.GetValueOrDefault(node.Id),
            Condition = async token => node.Condition is { } condition
                && !await _run.Rendering.HoldsAsync(condition, ConditionFrame(predecessors, locals), scope, token)
                    ? $"its condition was false: {condition.Expression}"
                    : null,
            Run = token => StepAsync(node, predecessors, locals, scope, token),
            Shape = async (outcome, token) =>
                outcome with { Output = await OutputAsync(node, outcome.Output, predecessors, locals, scope, token) },
        };
    }

    private async Task<StepOutcome> StepAsync(
        GraphNode node, IReadOnlyList<string> predecessors, JsonObject locals, StepScope scope, CancellationToken cancellationToken)
    {
        var with = node.Step.With is null
            ? null
            : await _run.Rendering.DataAsync(node.Step.With, _run.Scope.Frame(predecessors, locals), scope, cancellationToken);
        if (with is not null)
        {
            locals["with"] = with.DeepClone();
        }

        var job = new StepJob
        {
            NodeId = node.Id,
            Key = node.Id,
            Step = node.Step,
            Policy = node.Policy,
            With = with,
            Locals = locals,
            Predecessors = predecessors,
            Context = node.Step is AgentStep ? ContextOf(predecessors, with) : null,
        };
        return await _steps.RunAsync(job, cancellationToken);
    }

    private static NodeTrace TraceOf(GraphNode node, NodeStatus status) =>
        new() { NodeId = node.Id, Kind = TaskKinds.WordOf(node.Step), Status = status, Agent = (node.Step as AgentStep)?.Agent };

    /// <summary>The output as the node's mapping shapes it, small enough for a history.</summary>
    private async Task<JsonNode?> OutputAsync(
        GraphNode node, JsonNode? output, IReadOnlyList<string> predecessors, JsonObject locals, StepScope scope,
        CancellationToken cancellationToken)
    {
        if (node.Outputs is not null)
        {
            var mapped = locals.DeepClone().AsObject();
            mapped["output"] = output?.DeepClone();
            output = await _run.Rendering.DataAsync(node.Outputs, _run.Scope.Frame(predecessors, mapped), scope, cancellationToken);
        }

        return await _run.Rendering.StoreAsync(output, scope, cancellationToken);
    }

    private async Task EndAsync(GraphNode node, StepOutcome outcome)
    {
        if (outcome.Failure is not { } failure)
        {
            await CompleteAsync(node, outcome.Output);
            return;
        }

        var facts = new JsonObject { ["error"] = ErrorFacts.Of(failure, node.Id) };
        switch (node.OnError?.Action ?? NodeErrorAction.Fail)
        {
            case NodeErrorAction.Continue:
                var standIn = await StandInAsync(node, facts);
                _run.Scope.Ended(node.Id, standIn, NodeStatus.Failed, facts);
                await TakeEdgesAsync(node, standIn);
                break;
            case NodeErrorAction.Route:
                _routed[node.Id] = failure;
                _run.Scope.Ended(node.Id, null, NodeStatus.Failed, facts);
                if (_failure is null)
                {
                    _graph.Fail(node.Id);
                }

                break;
            default:
                _run.Scope.Ended(node.Id, null, NodeStatus.Failed, facts);
                Stop(failure, node.Id);
                break;
        }
    }

    private async Task<JsonNode?> StandInAsync(GraphNode node, JsonObject facts)
    {
        try
        {
            return await _run.Rendering.DataAsync(node.OnError?.Output, _run.Scope.Frame([], facts), _run.StepScope(node.Id), _stop.Token);
        }
        catch (WeftException exception)
        {
            Stop(StepOutcome.Of(exception).Failure!, node.Id); // Of always has a failure
            return null;
        }
    }

    private async Task CompleteAsync(GraphNode node, JsonNode? output)
    {
        _run.Scope.Ended(node.Id, output, NodeStatus.Completed);
        await TakeEdgesAsync(node, output);
    }

    /// <summary>Decides which edges a completed node takes. All are decided before any is resolved.</summary>
    private async Task TakeEdgesAsync(GraphNode node, JsonNode? output)
    {
        if (_failure is not null)
        {
            return;
        }

        var taken = new HashSet<int>();
        ExpressionScope? frame = null;
        try
        {
            foreach (var edge in OutgoingOf(node.Id))
            {
                if (edge.OnError)
                {
                    continue;
                }

                if (edge.Condition is { } condition)
                {
                    frame ??= _run.Scope.Frame([node.Id], new JsonObject { ["output"] = output?.DeepClone() }).Set(
                        "node_outputs", _run.Scope.Results);
                    if (!await _run.Rendering.HoldsAsync(condition, frame, _run.StepScope(node.Id), _stop.Token))
                    {
                        continue;
                    }
                }

                taken.Add(edge.Index);
            }
        }
        catch (WeftException exception)
        {
            var failure = StepOutcome.Of(exception).Failure!; // Of always has a failure
            Stop(failure with { Message = $"The condition of an edge from '{node.Id}': {failure.Message}" }, node.Id);
            return;
        }

        _graph.Complete(node.Id, x => taken.Contains(x.Index));
    }

    private void Stop(FailureDetails failure, string nodeId)
    {
        if (_failure is null)
        {
            _failure = failure;
            _failedNode = nodeId;
            _graph.Cancel();
            _stop.CancelNow();
        }
    }

    private void NoteSkipped()
    {
        foreach (var id in _graph.TakeSkipped())
        {
            _run.Scope.Skipped(id);
            _run.Trace.Note(TraceOf(_run.Workflow.Nodes[id], NodeStatus.Skipped) with { Reason = _graph.ReasonOf(id) });
        }
    }

    private List<PlannedEdge> OutgoingOf(string id)
    {
        var edges = new List<PlannedEdge>();
        foreach (var index in _plan.Outgoing(_plan.PlaceOf(id)))
        {
            edges.Add(_plan.Edges[index]);
        }

        return edges;
    }

    private IReadOnlyList<string> PredecessorsOf(string id) => _sources.GetValueOrDefault(id) ?? [];

    /// <summary>What a node's place knows: the failure that led to it, when it handles one.</summary>
    private JsonObject LocalsOf(IReadOnlyList<string> predecessors)
    {
        foreach (var id in predecessors)
        {
            if (_routed.TryGetValue(id, out var failure))
            {
                return new JsonObject { ["error"] = ErrorFacts.Of(failure, id) };
            }
        }

        return [];
    }

    private ExpressionScope ConditionFrame(IReadOnlyList<string> predecessors, JsonObject locals) =>
        _run.Scope.Frame(predecessors, locals).Set("node_outputs", _run.Scope.Results);

    /// <summary>What a reasoning or a code agent is shown: the input, the context, and what led here.</summary>
    private JsonObject ContextOf(IReadOnlyList<string> predecessors, JsonNode? with)
    {
        var context = new JsonObject().Lay(_run.Fields).Lay(_run.Input.Context);
        foreach (var id in predecessors.Where(x => _run.Scope.OutputOf(x) is not null))
        {
            context[id] = _run.Scope.OutputOf(id)?.DeepClone();
        }

        return context.Lay(with as JsonObject);
    }

    private JsonNode? Result()
    {
        var ends = _graph.Ends();
        return ends.Count switch
        {
            0 => null,
            1 => _run.Scope.OutputOf(ends[0])?.DeepClone(),
            _ => new JsonObject(ends.Select(x => KeyValuePair.Create(x, _run.Scope.OutputOf(x)?.DeepClone()))),
        };
    }
}
