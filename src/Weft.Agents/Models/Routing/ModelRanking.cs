using System.Globalization;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Models.Routing;

/// <summary>Ranks models for a call. Pure: the same request over the same snapshot has the same answer.</summary>
/// <remarks>
/// Window, cost, capabilities, budgets, circuits and keys are hard limits. The latency limit is not: a model that breaks it alone
/// stays in the ranking as a last resort, for a slow answer beats none when the quick models are down.
/// </remarks>
internal static class ModelRanking
{
    /// <summary>The share of a call's tokens that is prompt; the rest is reply.</summary>
    private const double InputShare = 0.6;

    private const double OutputShare = 0.4;

    /// <summary>The cost at which the score's cost part is 0, USD.</summary>
    private const double CostScale = 0.10;

    /// <summary>The latency at which the score's latency part is 0.</summary>
    private const double LatencyScaleMs = 5000;

    private static readonly Dictionary<string, ModelSupport> Capabilities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tools"] = ModelSupport.Tools,
        ["tool_calling"] = ModelSupport.Tools,
        ["function_calling"] = ModelSupport.Tools,
        ["vision"] = ModelSupport.Vision,
        ["streaming"] = ModelSupport.Streaming,
        ["reasoning"] = ModelSupport.None,

        // A model without it is told the schema and its answer is checked: it is no reason to leave a model out.
        ["structured_output"] = ModelSupport.None,
        ["json_mode"] = ModelSupport.None,
    };

    /// <summary>The models that a request is about, as far as there are such.</summary>
    /// <exception cref="WeftException">Code <c>unknown_profile</c>.</exception>
    public static IReadOnlyList<ModelSpec> Candidates(RouteModelRequest request, ModelCatalog catalog) =>
        [.. (request.Models.Count > 0 ? request.Models : catalog.Profile(request.Profile).Candidates).Select(catalog.Find)
            .OfType<ModelSpec>()];

    public static RoutingDecision Rank(RouteModelRequest request, RoutingSnapshot snapshot)
    {
        var profile = snapshot.Catalog.Profile(request.Profile);
        var named = request.Models.Count > 0;
        var limits = new Limits(request, profile, named);
        var required = Required(request.RequiredCapabilities);
        var wantsSchema = request.RequiredCapabilities.Any(c => c is "structured_output" or "json_mode");
        var preferred = request.PreferredModels.Select(m => snapshot.Catalog.Find(m)?.Name).OfType<string>().ToHashSet(
            StringComparer.OrdinalIgnoreCase);
        var viable = new List<Candidate>();
        var rejected = new List<RejectedModel>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in named ? request.Models : profile.Candidates)
        {
            if (snapshot.Catalog.Find(name) is not { } spec)
            {
                rejected.Add(new RejectedModel(name, $"no such model.{NearMiss.Hint(name, snapshot.Catalog.Names)}"));
                continue;
            }

            if (!seen.Add(spec.Name))
            {
                continue;
            }

            var condition = snapshot.Condition(spec);
            var estimate = Estimate(request.EstimatedTokens, spec, condition);
            var reasons = Rejections(request, snapshot, spec, condition, estimate, limits, required).ToList();
            if (reasons.Count > 0)
            {
                rejected.Add(new RejectedModel(spec.Name, string.Join("; ", reasons)));
                continue;
            }

            var parts = Parts(spec, estimate);
            viable.Add(new Candidate(spec, viable.Count, estimate)
            {
                Parts = parts,
                Score = (parts.Latency * profile.Weights.Latency) + (parts.Cost * profile.Weights.Cost)
                    + (parts.Quality * profile.Weights.Quality),
                OverLatency = limits.MaxLatencyMs is { } most && estimate.LatencyMs > most,
                Cooling = condition.CoolingFor is not null,
                Preferred = preferred.Contains(spec.Name),
                Demerits = [.. Demerits(condition, estimate, limits)],
                Notes = [.. Notes(spec, condition, wantsSchema)],
            });
        }

        var ordered = Order(viable, named);
        return new RoutingDecision(
            [.. ordered.Select(c => new RankedModel(
                c.Spec.Name, c.Spec.Provider, c.Spec.Model, Math.Round(c.Score, 4), (double)(c.Estimate.CostUsd ?? 0),
                c.Estimate.LatencyMs) { Note = c.Note })],
            rejected,
            request.EstimatedTokens,
            RoutingWords.Explain(request, profile, named, ordered, rejected));
    }

    /// <summary>
    /// The tokens, cost and latency of a call: 60 % prompt and 40 % reply at the catalog's latency, or what recent calls showed.
    /// </summary>
    internal static CallEstimate Estimate(int tokens, ModelSpec spec, ModelCondition condition)
    {
        var input = (int)(tokens * InputShare);
        var output = condition.ObservedOutputTokens is { } length ? (int)Math.Ceiling(length) : (int)(tokens * OutputShare);
        var latency = condition.ObservedLatencyMs ?? spec.AvgLatencyMs ?? ModelSpec.AssumedLatencyMs;
        return new CallEstimate(input, output, spec.Price?.CostOf(input, output), (int)Math.Round(latency))
        {
            LatencyCalls = condition.ObservedLatencyMs is null ? 0 : condition.ObservedCalls,
            OutputCalls = condition.ObservedOutputTokens is null ? 0 : condition.ObservedCalls,
        };
    }

    private static IEnumerable<string> Rejections(
        RouteModelRequest request, RoutingSnapshot snapshot, ModelSpec spec, ModelCondition condition, CallEstimate estimate, Limits limits,
        ModelSupport required)
    {
        if (spec.Retired)
        {
            yield return "its provider has retired it";
        }

        if (snapshot.Unreachable(spec) is { } problem)
        {
            yield return problem;
        }

        if ((required & ~spec.Supports) is var missing and not ModelSupport.None)
        {
            yield return "it lacks "
                + string.Join(" and ",
                    Enum.GetValues<ModelSupport>().Where(v => v != ModelSupport.None && missing.HasFlag(v)).Select(
                        v => v.ToString().ToLowerInvariant()));
        }

        if (spec.ContextWindow is { } window && request.EstimatedTokens > window * snapshot.ContextMargin)
        {
            yield return Invariant(
                $"about {request.EstimatedTokens:N0} tokens are more than {snapshot.ContextMargin:P0} of its window of {window:N0}");
        }

        if (estimate.CostUsd is not { } cost)
        {
            if (limits.CostIsExplicit || snapshot.Budgets.Count > 0)
            {
                yield return "its price is not known, so that no cost limit can be kept: give it cost_per_1k_input and cost_per_1k_output";
            }
        }
        else
        {
            if (limits.MaxCost is { } most && (double)cost > most)
            {
                yield return Invariant($"about ${cost:0.######} a call is over the limit of ${most:0.######}");
            }

            foreach (var budget in snapshot.Budgets.Where(b => cost > b.RemainingUsd))
            {
                yield return Invariant($"about ${cost:0.######} is more than the ${budget.RemainingUsd:0.######} ")
                    + Invariant($"that are left of ${budget.LimitUsd:0.####} for {budget.Scope}");
            }
        }

        if (condition.CircuitOpenFor is { } open)
        {
            yield return Invariant(
                $"its circuit is open for another {Math.Max(1, Math.Ceiling(open.TotalSeconds)):0} s after too many failures");
        }
    }

    private static IEnumerable<string> Demerits(ModelCondition condition, CallEstimate estimate, Limits limits)
    {
        if (limits.MaxLatencyMs is { } most && estimate.LatencyMs > most)
        {
            yield return Invariant($"over the latency limit (~{estimate.LatencyMs} ms, limit {most} ms)");
        }

        if (condition.CoolingFor is { } rest)
        {
            yield return Invariant(
                $"cooling down for another {Math.Max(1, Math.Ceiling(rest.TotalSeconds)):0} s ({condition.CoolingBecause})");
        }
    }

    private static IEnumerable<string> Notes(ModelSpec spec, ModelCondition condition, bool wantsSchema)
    {
        if (condition.Probing)
        {
            yield return "half-open: the next call is a probe";
        }

        if (wantsSchema && !spec.Supports.HasFlag(ModelSupport.StructuredOutput))
        {
            yield return "structured output by instruction and validation";
        }

        if (spec.Price is null)
        {
            yield return "price not known";
        }

        if (spec.ContextWindow is null)
        {
            yield return "context window not known";
        }
    }

    // Models that the node names keep its order. Else the score decides; at a tie, to two decimals, the preferred ones come first.
    private static List<Candidate> Order(List<Candidate> viable, bool named)
    {
        var byState = viable.OrderBy(c => (c.OverLatency ? 2 : 0) + (c.Cooling ? 1 : 0));
        return named
            ? [.. byState.ThenBy(c => c.Place)]
            : [.. byState.ThenByDescending(c => Math.Round(c.Score, 2)).ThenBy(c => c.Preferred ? 0 : 1).ThenByDescending(c => c.Score)
                .ThenBy(c => c.Place)];
    }

    private static ScoreParts Parts(ModelSpec spec, CallEstimate estimate) => new(
        1 - Math.Min(estimate.LatencyMs / LatencyScaleMs, 1.0),
        estimate.CostUsd is { } cost ? 1 - Math.Min((double)cost / CostScale, 1.0) : 0,
        (spec.QualityScore ?? ModelSpec.AssumedQuality) / 10.0);

    private static ModelSupport Required(IReadOnlyList<string> words)
    {
        var required = ModelSupport.None;
        foreach (var word in words)
        {
            if (!Capabilities.TryGetValue(word, out var support))
            {
                throw new ActivityException(
                    "unknown_capability", Fault.Invalid,
                    $"No model has a capability '{word}'.{NearMiss.HintOrList(word, Capabilities.Keys, "Capabilities")}");
            }

            required |= support;
        }

        return required;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// What a call may cost and take. A node's own list of models is free of the profile's limits, for it was chosen knowingly.
    /// </summary>
    private readonly record struct Limits
    {
        public Limits(RouteModelRequest request, ModelProfile profile, bool named)
        {
            var own = request.MaxCostPerCall ?? (named ? null : profile.MaxCostPerCall);
            var controls = request.CostControls?.MaxCostPerCall;
            MaxCost = own is { } a && controls is { } b ? Math.Min(a, b) : own ?? controls;
            CostIsExplicit = request.MaxCostPerCall is not null || controls is not null;
            MaxLatencyMs = request.MaxLatencyMs ?? (named ? null : profile.MaxLatencyMs);
        }

        public double? MaxCost { get; }

        public bool CostIsExplicit { get; }

        public int? MaxLatencyMs { get; }
    }
}
