namespace Weft.Runtime.Registry;

/// <summary>How a graph is drawn.</summary>
public enum GraphFormat
{
    /// <summary>Nodes and edges as JSON.</summary>
    Json,
    /// <summary>A Mermaid flowchart.</summary>
    Mermaid,
    /// <summary>A graph in Graphviz' language.</summary>
    Dot,
}
