using System.Globalization;
using Weft.Workflows.Contracts;

namespace Weft.Cli.Output;

/// <summary>One line for each thing that happens to a node, on standard error, while an execution runs.</summary>
internal sealed class LiveProgress(TextWriter error, bool sandbox)
{
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    public void Begin(string workflowId, string executionId) =>
        error.WriteLine(
            $"{workflowId} · execution {executionId}{(sandbox ? " · sandbox: providers and tools are simulated" : string.Empty)}");

    /// <summary>Shows what is new since the last time.</summary>
    public void Show(ExecutionProgress progress)
    {
        foreach (var node in progress.Recent)
        {
            Show(node);
        }

        foreach (var node in progress.Running)
        {
            if (_started.Add(node) && !_ended.Contains(node))
            {
                error.WriteLine($"  … {node}");
            }
        }

        foreach (var wait in progress.Waiting)
        {
            if (_waiting.Add($"{wait.NodeId}/{wait.Signal}"))
            {
                var until = wait.Until is { } time ? string.Create(CultureInfo.InvariantCulture, $" until {time:u}") : string.Empty;
                error.WriteLine($"  ⏸ {wait.NodeId} waits for the signal '{wait.Signal}'{until}");
            }
        }
    }

    /// <summary>Shows the nodes that ended between two looks.</summary>
    public void End(ExecutionDocument document)
    {
        foreach (var node in document.Trace.Nodes)
        {
            Show(node);
        }
    }

    private void Show(NodeTrace node)
    {
        if (node.Status is NodeStatus.Pending or NodeStatus.Running || !_ended.Add($"{node.NodeId}/{node.Attempt}"))
        {
            return;
        }

        error.WriteLine(node.Status switch
        {
            NodeStatus.Completed => $"  ✓ {node.NodeId}{Facts(node)}",
            NodeStatus.Skipped => $"  – {node.NodeId} skipped: {node.Reason}",
            NodeStatus.Cancelled => $"  ✗ {node.NodeId} cancelled",
            _ => $"  ✗ {node.NodeId} failed: {node.Error?.Message}",
        });

        foreach (var call in node.ModelCalls.Where(c => c.Error is not null))
        {
            error.WriteLine($"      {call.Model} did not answer: {call.Error}");
        }

        foreach (var warning in node.Warnings)
        {
            error.WriteLine($"      warning: {warning}");
        }
    }

    private static string Facts(NodeTrace node)
    {
        var facts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{node.DurationMs} ms") };
        if (node.Model is not null)
        {
            facts.Add(node.Model);
        }

        if (node.ToolCalls.Count > 0)
        {
            facts.Add(string.Join(", ", node.ToolCalls.Select(c => c.Status == "success" ? c.Tool : $"{c.Tool} ({c.Status})")));
        }

        if (node.CostUsd > 0)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"${node.CostUsd:0.0000}"));
        }

        return "  " + string.Join(" · ", facts);
    }
}
