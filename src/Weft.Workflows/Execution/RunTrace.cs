using System.Text.Json;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>What happened in an execution, node by node in the order in which they began, and what it cost.</summary>
internal sealed class RunTrace(IOrchestrationContext context)
{
    /// <summary>The most characters of an output that a trace shows.</summary>
    public const int PreviewLength = 200;

    private const int MostRecent = 20;
    private readonly List<NodeTrace> _nodes = [];
    private readonly Queue<RecentTrace> _recent = new();
    private readonly SortedSet<int> _running = [];
    private readonly SortedDictionary<string, double> _costByModel = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _costByNode = new(StringComparer.Ordinal);
    private readonly List<WaitingFor> _waiting = [];
    private readonly List<string> _warnings = [];

    public double TotalCostUsd { get; private set; }

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Gets or sets the nodes that are known to be there.</summary>
    public int Total { get; set; }

    public int Count => _nodes.Count;

    /// <summary>A node begins. Answers its place, by which it ends.</summary>
    public int Begin(NodeTrace trace)
    {
        _nodes.Add(trace with { Status = NodeStatus.Running, StartedAt = context.CurrentUtcDateTime });
        _running.Add(_nodes.Count - 1);
        return _nodes.Count - 1;
    }

    /// <summary>A node that began has ended.</summary>
    public NodeTrace End(int place, Func<NodeTrace, NodeTrace> change)
    {
        var began = _nodes[place];
        var trace = change(began);
        trace = trace with { DurationMs = began.StartedAt is { } at ? (long)(context.CurrentUtcDateTime - at).TotalMilliseconds : 0 };
        _nodes[place] = trace;
        _running.Remove(place);
        Tally(trace);
        return trace;
    }

    /// <summary>A node ended without having begun: skipped, or adopted from an earlier execution.</summary>
    public void Note(NodeTrace trace)
    {
        _nodes.Add(trace);
        Tally(trace);
    }

    public void Charge(string nodeId, double cost, IReadOnlyDictionary<string, double> byModel)
    {
        if (cost <= 0)
        {
            return;
        }

        TotalCostUsd += cost;
        _costByNode[nodeId] = _costByNode.GetValueOrDefault(nodeId) + cost;
        foreach (var (model, part) in byModel)
        {
            _costByModel[model] = _costByModel.GetValueOrDefault(model) + part;
        }
    }

    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning, StringComparer.Ordinal))
        {
            _warnings.Add(warning);
        }
    }

    public void Waits(WaitingFor waiting) => _waiting.Add(waiting);

    public void WaitsNoMore(WaitingFor waiting) => _waiting.Remove(waiting);

    public ExecutionTrace ToDocument() => new()
    {
        Nodes = _nodes,
        Warnings = _warnings,
        Costs = new CostBreakdown
        {
            TotalUsd = Round(TotalCostUsd),
            ByNode = _costByNode.ToDictionary(x => x.Key, x => Round(x.Value), StringComparer.Ordinal),
            ByModel = _costByModel.ToDictionary(x => x.Key, x => Round(x.Value), StringComparer.Ordinal),
        },
    };

    /// <summary>Money without the dust of binary fractions: ten digits behind the point.</summary>
    public static double Round(double usd) => Math.Round(usd, 10);

    /// <summary>What the outside may see while the execution runs: at most 12 Ki characters of JSON, however large it is.</summary>
    public ExecutionProgress ToProgress(ExecutionStatus status)
    {
        var progress = new ExecutionProgress
        {
            Status = status,
            NodesTotal = Math.Max(Total, _nodes.Count),
            NodesCompleted = Completed,
            NodesFailed = Failed,
            NodesSkipped = Skipped,
            CostUsd = Round(TotalCostUsd),
            Running = [.. _running.Take(MostRecent).Select(x => _nodes[x].NodeId.Clip(100))],
            Recent = [.. _recent.Select(x => x.Shown)],
            Waiting = [.. _waiting.Select((x, place) => Slim(x, whole: place < MostRecent))],
        };

        // What is written each time is measured once, when it is first shown; only a doubt is worth measuring the whole.
        return _recent.Sum(x => x.Bytes) <= MostProgress / 2 && _running.Count <= 5 && _waiting.Count == 0
            ? progress : progress.Within(MostProgress);
    }

    // Characters of JSON.
    private const int MostProgress = 12 * 1024;

    private static NodeTrace Slim(NodeTrace trace) => trace with
    {
        NodeId = trace.NodeId.Clip(100),
        Agent = trace.Agent is { } agent ? agent.Clip(60) : null,
        Reason = trace.Reason is { } reason ? reason.Clip(100) : null,
        OutputPreview = trace.OutputPreview is { } preview ? preview.Clip(PreviewLength) : null,
        Error = trace.Error is { } error ? new ExecutionError(error.Code.Clip(60), error.Message.Clip(160)) : null,
        ToolCalls = [],
        ModelCalls = [],
        Warnings = [],
        ParentId = trace.ParentId is { } parent ? parent.Clip(100) : null,
    };

    private static WaitingFor Slim(WaitingFor waiting, bool whole) => waiting with
    {
        NodeId = waiting.NodeId.Clip(100),
        Signal = waiting.Signal.Clip(100),
        Show = whole && waiting.Show is { } show && show.ToJsonString(WeftJson.Options).Length <= 1024 ? show : null,
        Choices = whole && waiting.Choices is { } choices ? [.. choices.Take(10).Select(x => x.Clip(60))] : null,
    };

    private void Tally(NodeTrace trace)
    {
        switch (trace.Status)
        {
            case NodeStatus.Completed:
                Completed++;
                break;
            case NodeStatus.Failed:
                Failed++;
                break;
            case NodeStatus.Skipped:
                Skipped++;
                break;
            default:
                break;
        }

        _recent.Enqueue(new RecentTrace(trace));
        if (_recent.Count > MostRecent)
        {
            _recent.Dequeue();
        }
    }

    /// <summary>
    /// A trace among the latest: cut and measured when somebody is shown it, for of a thousand nodes that end at once most never are.
    /// </summary>
    private sealed class RecentTrace(NodeTrace trace)
    {
        private NodeTrace? _shown;
        private int? _bytes;

        public NodeTrace Shown => _shown ??= Slim(trace);

        public int Bytes => _bytes ??= JsonSerializer.SerializeToUtf8Bytes(Shown, WeftJson.Options).Length;
    }
}
