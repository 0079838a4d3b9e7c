namespace Weft.Agents.Workflows;

/// <summary>How a graph is drawn.</summary>
public enum GraphFormat
{
    Json,
    Mermaid,
    Dot,
}
