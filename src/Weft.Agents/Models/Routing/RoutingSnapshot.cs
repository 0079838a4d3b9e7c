using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;

namespace Weft.Agents.Models.Routing;

/// <summary>All that a ranking depends on besides its request, at one moment.</summary>
internal sealed record RoutingSnapshot
{
    public required ModelCatalog Catalog { get; init; }

    /// <summary>Gets why a model cannot be reached, such as a missing key; null: it can.</summary>
    public required Func<ModelSpec, string?> Unreachable { get; init; }

    public required Func<ModelSpec, ModelCondition> Condition { get; init; }

    /// <summary>Gets the budgets that would pay.</summary>
    public IReadOnlyList<BudgetStatus> Budgets { get; init; } = [];

    public double ContextMargin { get; init; } = 0.8;
}

/// <summary>A model under consideration, with what a call to it would be.</summary>
internal sealed record Candidate(ModelSpec Spec, int Place, CallEstimate Estimate)
{
    public double Score { get; init; }

    public ScoreParts Parts { get; init; } = new(0, 0, 0);

    /// <summary>Gets what keeps it from being first: over the latency limit, cooling down.</summary>
    public IReadOnlyList<string> Demerits { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool OverLatency { get; init; }

    public bool Cooling { get; init; }

    public bool Preferred { get; init; }

    public string? Note => Demerits.Count + Notes.Count == 0 ? null : string.Join("; ", Demerits.Select(d => "fallback: " + d).Concat(Notes));
}

/// <summary>What a call would take.</summary>
internal sealed record CallEstimate(int InputTokens, int OutputTokens, decimal? CostUsd, int LatencyMs)
{
    /// <summary>Gets how many calls the latency was observed over; 0: it is the catalog's.</summary>
    public int LatencyCalls { get; init; }

    public int OutputCalls { get; init; }
}

/// <summary>The parts of a score, each from 0 to 1, higher is better.</summary>
internal sealed record ScoreParts(double Latency, double Cost, double Quality);
