namespace Weft.Language.Definitions;

/// <summary>How an agent thinks. Each member has a row of <see cref="AgentKinds"/>.</summary>
public enum AgentType
{
    /// <summary>One call; its answer may have to fit a schema.</summary>
    [AgentKind("simple", "one call", RunsInline = true, PromptAlone = true)]
    Simple,

    /// <summary>A loop of model calls and tool calls.</summary>
    [AgentKind("reasoning", "a loop with tools")]
    Reasoning,

    /// <summary>Plans against a goal, executes, verifies, plans again.</summary>
    [AgentKind("code", "plan, act and verify", DefaultProfile = "powerful")]
    Code,

    /// <summary>Hands work to other agents.</summary>
    [AgentKind("supervisor", "leading other agents", LeadsOthers = true)]
    Supervisor,
}
