namespace Weft.Language.Definitions;

/// <summary>An agent works on a prompt, a task or a goal.</summary>
public sealed record AgentStep : Step
{
    /// <summary>Gets the agent: one of the file's own agents, else a registered card.</summary>
    public required string Agent { get; init; }

    /// <summary>Gets the action of a tasks-dialect agent; null: the prompt alone.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// Gets the template of what is asked: <c>prompt_template</c> | <c>prompt</c> (simple), <c>task</c> (reasoning), <c>goal</c> (code).
    /// </summary>
    public string? Prompt { get; init; }

    /// <summary>Gets instructions in place of the card's; null: the card's stand.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Gets what this step changes in the agent's configuration.</summary>
    public AgentConfig Config { get; init; } = new();
}
