using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Runtime.Registry;

/// <summary>Draws a workflow as a graph: nodes and edges as they are compiled, with conditions.</summary>
public static class WorkflowGraphRenderer
{
    /// <summary>Draws a definition.</summary>
    public static string Render(WorkflowDefinition definition, GraphFormat format)
    {
        var graph = WorkflowGraph.Of(definition);
        return format switch
        {
            GraphFormat.Mermaid => Mermaid(graph),
            GraphFormat.Dot => Dot(graph, definition.Id),
            _ => Json(graph, definition),
        };
    }

    private static string Mermaid(WorkflowGraph graph)
    {
        var text = new StringBuilder("flowchart TD\n");
        var names = Names(graph);
        foreach (var node in graph.Nodes.Where(n => n.Parent is null))
        {
            MermaidNode(text, graph, names, node, "    ");
        }

        foreach (var edge in graph.Edges)
        {
            var arrow = edge.OnError ? "-.->" : "-->";
            var label = edge.Label is { } condition ? $"|\"{MermaidText(condition)}\"|" : "";
            text.Append("    ").Append(names[edge.From]).Append(' ').Append(arrow).Append(label).Append(' ').Append(names[edge.To])
                .Append('\n');
        }

        return text.ToString();
    }

    private static void MermaidNode(
        StringBuilder text, WorkflowGraph graph, Dictionary<string, string> names, WorkflowGraphNode node, string indent)
    {
        var children = graph.Nodes.Where(n => n.Parent == node.Id).ToList();
        var title = node.Terminal ? node.Title : $"{node.Title}<br/><i>{MermaidText(node.Note)}</i>";
        if (children.Count > 0)
        {
            text.Append(indent).Append("subgraph ").Append(names[node.Id]).Append("[\"").Append(MermaidText(node.Title)).Append(" (")
                .Append(node.Kind).Append(")\"]\n");
            children.ForEach(c => MermaidNode(text, graph, names, c, indent + "    "));
            text.Append(indent).Append("end\n");
            return;
        }

        var (open, close) = node switch
        {
            { Terminal: true } => ("([\"", "\"])"),
            { Kind: "router" or "condition" } => ("{\"", "\"}"),
            _ => ("[\"", "\"]"),
        };
        text.Append(indent).Append(names[node.Id]).Append(open)
            .Append(node.Terminal ? MermaidText(title) : $"{MermaidText(node.Title)}<br/><i>{MermaidText(node.Note)}</i>").Append(close)
            .Append('\n');
    }

    private static string Dot(WorkflowGraph graph, string id)
    {
        var text = new StringBuilder()
            .Append("digraph ").Append(Quoted(id)).Append(" {\n    rankdir=TB;\n    node [shape=box, style=rounded];\n");
        foreach (var node in graph.Nodes)
        {
            var shape = node.Terminal ? ", shape=oval" : node.Kind is "router" or "condition" ? ", shape=diamond" : "";
            text.Append("    ").Append(Quoted(node.Id)).Append(" [label=")
                .Append(Quoted(node.Terminal ? node.Title : node.Title + "\n" + node.Note)).Append(shape).Append("];\n");
        }

        foreach (var parent in graph.Nodes.Where(n => n.Parent is not null))
        {
            text.Append("    ").Append(Quoted(parent.Parent!)).Append(" -> ").Append(Quoted(parent.Id)) // Where says so.
                .Append(" [style=dotted, arrowhead=none];\n");
        }

        foreach (var edge in graph.Edges)
        {
            var attributes = new List<string>();
            if (edge.Label is { } label)
            {
                attributes.Add("label=" + Quoted(label));
            }

            if (edge.OnError)
            {
                attributes.Add("style=dashed");
            }

            text.Append("    ").Append(Quoted(edge.From)).Append(" -> ").Append(Quoted(edge.To))
                .Append(attributes.Count > 0 ? $" [{string.Join(", ", attributes)}]" : "").Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Json(WorkflowGraph graph, WorkflowDefinition definition) => new JsonObject
    {
        ["workflow_id"] = definition.Id,
        ["version"] = definition.Version,
        ["dialect"] = JsonSerializer.SerializeToNode(definition.Dialect, WeftJson.Options),
        ["nodes"] = new JsonArray([.. graph.Nodes.Select(n => JsonSerializer.SerializeToNode(n, WeftJson.Options))]),
        ["edges"] = new JsonArray([.. graph.Edges.Select(e => JsonSerializer.SerializeToNode(e, WeftJson.Options))]),
    }.ToJsonString(WeftJson.Options);

    // Mermaid has words of its own ("end", "graph"), so nodes are numbered and titled.
    private static Dictionary<string, string> Names(WorkflowGraph graph)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            names.TryAdd(node.Id, "n" + names.Count.ToString(CultureInfo.InvariantCulture));
        }

        return names;
    }

    private static string MermaidText(string text) => text
        .Replace("&", "#amp;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal)
        .Replace('\r', ' ').Replace('\n', ' ').Replace("|", "#124;", StringComparison.Ordinal);

    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
