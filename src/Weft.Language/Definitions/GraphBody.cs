namespace Weft.Language.Definitions;

/// <summary>A directed acyclic graph of nodes.</summary>
public sealed record GraphBody(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges) : WorkflowBody
{
    /// <summary>The name that an edge's <c>to</c> has when it leads to the end of the workflow.</summary>
    public const string End = "END";
}
