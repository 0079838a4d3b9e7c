namespace Weft.Language.Definitions;

/// <summary>The three ways to write a workflow.</summary>
public enum Dialect
{
    /// <summary><c>workflow.nodes</c> and <c>workflow.edges</c>.</summary>
    Graph,

    /// <summary><c>tasks</c>.</summary>
    Tasks,

    /// <summary><c>steps</c>.</summary>
    Steps,
}
