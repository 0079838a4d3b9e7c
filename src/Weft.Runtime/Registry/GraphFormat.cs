namespace Weft.Runtime.Registry;

/// <summary>How a graph is drawn.</summary>
public enum GraphFormat
{
    Json,
    Mermaid,
    Dot,
}
