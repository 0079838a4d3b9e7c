namespace Weft.Workflows.Contracts;

/// <summary>What an agent's calls took, for the trace.</summary>
public sealed record AgentUsage
{
    /// <summary>Gets the model that answered last; null: none did.</summary>
    public string? Model { get; init; }

    /// <summary>Gets that model's provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the tokens of all prompts.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens of all answers.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets what the calls cost, in USD.</summary>
    public double CostUsd { get; init; }

    /// <summary>Gets how many rounds were made.</summary>
    public int Iterations { get; init; }

    /// <summary>Gets the calls of tools, in the order in which they ended.</summary>
    public IReadOnlyList<ToolCallTrace> ToolCalls { get; init; } = [];

    /// <summary>Gets each model call in order, failed ones with why.</summary>
    public IReadOnlyList<ModelCallTrace> ModelCalls { get; init; } = [];

    /// <summary>Gets what each model cost, in USD, by its name.</summary>
    public IReadOnlyDictionary<string, double> CostByModel { get; init; } = new Dictionary<string, double>();

    /// <summary>Gets what went on though something was not right.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
