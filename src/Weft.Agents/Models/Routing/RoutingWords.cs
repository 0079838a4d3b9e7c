using System.Globalization;
using System.Text;
using Weft.Agents.Models.Catalog;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Routing;

/// <summary>Says a routing decision in words and numbers.</summary>
internal static class RoutingWords
{
    public static string Explain(
        RouteModelRequest request, ModelProfile profile, bool named, IReadOnlyList<Candidate> ranked, IReadOnlyList<RejectedModel> rejected)
    {
        if (ranked.Count == 0)
        {
            var asked = named ? "the models that the node names" : $"profile {profile.Name}";
            return Invariant($"No viable models found for {asked} with {request.EstimatedTokens} tokens. {Left(rejected)}").TrimEnd();
        }

        var best = ranked[0];
        var estimate = best.Estimate;
        var words = new StringBuilder();
        words.Append(Invariant($"Selected {best.Spec.Name} for {profile.Name} profile. "));
        words.Append(estimate.CostUsd is { } cost ? Invariant($"Cost: ${cost:0.0000##} ") : "Cost: not known ");
        words.Append(Invariant($"({estimate.InputTokens} tokens in, {estimate.OutputTokens} out"));
        words.Append(estimate.OutputCalls > 0 ? Invariant($", the reply as observed over {estimate.OutputCalls} calls), ") : "), ");
        words.Append(Invariant($"Latency: ~{estimate.LatencyMs}ms"));
        words.Append(estimate.LatencyCalls > 0
            ? Invariant($" (observed over {estimate.LatencyCalls} calls; ")
                + Invariant($"catalog {best.Spec.AvgLatencyMs ?? ModelSpec.AssumedLatencyMs}ms), ")
            : ", ");
        words.Append(Invariant($"Quality: {best.Spec.QualityScore ?? ModelSpec.AssumedQuality}/10. "));
        words.Append(named ? "The node names its models; their order decides. " : Score(best, profile.Weights));
        if (best.Demerits.Count > 0)
        {
            words.Append(Invariant($"No better one is left: it is {string.Join(" and ", best.Demerits)}. "));
        }

        if (ranked.Count > 1)
        {
            words.Append(Invariant($"(Next best: {string.Join(", ", ranked.Skip(1).Select(Next))}) "));
        }

        return words.Append(Left(rejected)).ToString().TrimEnd();
    }

    private static string Score(Candidate candidate, ProfileWeights weights) =>
        Invariant($"Score {candidate.Score:0.000} = {weights.Latency} × latency {candidate.Parts.Latency:0.00} + ")
        + Invariant($"{weights.Cost} × cost {candidate.Parts.Cost:0.00} + {weights.Quality} × quality {candidate.Parts.Quality:0.00}. ");

    private static string Next(Candidate candidate) =>
        string.Join(", ", [Invariant($"{candidate.Spec.Name} {candidate.Score:0.000}"), .. candidate.Demerits]);

    private static string Left(IReadOnlyList<RejectedModel> rejected) =>
        rejected.Count == 0 ? "" : "Left out: " + string.Join(". ", rejected.Select(r => $"{r.Name}: {r.Reason}")) + ".";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
