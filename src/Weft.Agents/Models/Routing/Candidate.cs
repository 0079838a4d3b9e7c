using Weft.Agents.Models.Catalog;

namespace Weft.Agents.Models.Routing;

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

    public string? Note =>
        Demerits.Count + Notes.Count == 0 ? null : string.Join("; ", Demerits.Select(d => "fallback: " + d).Concat(Notes));
}
