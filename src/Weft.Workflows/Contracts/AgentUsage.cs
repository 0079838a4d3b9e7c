namespace Weft.Workflows.Contracts;

/// <summary>What an agent's calls took, for the trace.</summary>
public sealed record AgentUsage
{
    public string? Model { get; init; }

    public string? Provider { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public double CostUsd { get; init; }

    public int Iterations { get; init; }

    public IReadOnlyList<ToolCallTrace> ToolCalls { get; init; } = [];

    /// <summary>Gets each model call in order, failed ones with why.</summary>
    public IReadOnlyList<ModelCallTrace> ModelCalls { get; init; } = [];

    public IReadOnlyDictionary<string, double> CostByModel { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
