using Weft.Language.Definitions;
using Weft.Runtime.Cards;

namespace Weft.Api.Agents;

/// <summary>An agent: its card, and how it did lately.</summary>
internal sealed record AgentView
{
    public required string Name { get; init; }

    public required AgentType Type { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required IReadOnlyList<string> SupportedModels { get; init; }

    public string? DefaultModel { get; init; }

    public string? DefaultProfile { get; init; }

    public int MaxTokens { get; init; }

    public bool SupportsStreaming { get; init; }

    public required string CostTier { get; init; }

    public int AvgLatencyMs { get; init; }

    public bool RequiresTools { get; init; }

    public int? MaxTools { get; init; }

    public int? MaxIterations { get; init; }

    public int TimeoutSeconds { get; init; }

    public IReadOnlyList<string> Tools { get; init; } = [];

    public bool IsHealthy { get; init; }

    /// <summary>Gets the share of its node runs of the last 24 hours that failed, 0 to 1.</summary>
    public double ErrorRate { get; init; }

    public DateTime? LastHealthCheck { get; init; }

    public AgentOrigin Origin { get; init; }

    internal static AgentView Of(RegisteredAgent agent) => new()
    {
        Name = agent.Card.Name,
        Type = agent.Card.Type,
        Description = agent.Card.Description,
        Capabilities = agent.Card.Capabilities,
        SupportedModels = agent.Card.SupportedModels,
        DefaultModel = agent.Card.DefaultModel,
        DefaultProfile = agent.Card.DefaultProfile,
        MaxTokens = agent.Card.MaxTokens,
        SupportsStreaming = agent.Card.SupportsStreaming,
        CostTier = agent.Card.CostTier,
        AvgLatencyMs = agent.Card.AvgLatencyMs,
        RequiresTools = agent.Card.RequiresTools,
        MaxTools = agent.Card.MaxTools,
        MaxIterations = agent.Card.MaxIterations,
        TimeoutSeconds = agent.Card.TimeoutSeconds,
        Tools = agent.Card.Tools,
        IsHealthy = agent.Healthy,
        ErrorRate = agent.Health?.ErrorRate ?? 0,
        LastHealthCheck = agent.Health?.CheckedAt,
        Origin = agent.Origin,
    };
}
