namespace Weft.Language.Definitions;

/// <summary>How an agent thinks.</summary>
public enum AgentType
{
    /// <summary>One call; its answer may have to fit a schema.</summary>
    Simple,

    /// <summary>A loop of model calls and tool calls.</summary>
    Reasoning,

    /// <summary>Plans against a goal, executes, verifies, plans again.</summary>
    Code,

    /// <summary>Hands work to other agents.</summary>
    Supervisor,
}
