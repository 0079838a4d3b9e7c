using System.Diagnostics;
using System.Diagnostics.Metrics;
using Weft.Agents.Telemetry;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Calls;

/// <summary>Counts calls, tokens, cost and time by model, under the meter <c>Weft.Models</c>.</summary>
public static class ModelMetrics
{
    private static readonly Meter Meter = new("Weft.Models");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("weft.model.calls", description: "Model calls, by model and outcome.");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("weft.model.tokens", description: "Tokens, by model and direction.");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("weft.model.cost", "USD", "What model calls cost.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("weft.model.duration", "s", "From request to whole answer.");

    public static void Record(string provider, string model, ModelOutcome outcome)
    {
        var tags = new TagList { { "provider", provider }, { "model", model } };
        switch (outcome)
        {
            case ModelOutcome.Replied replied:
                Tokens.Add(replied.Usage.InputTokens, [.. tags, new("direction", "input")]);
                Tokens.Add(replied.Usage.OutputTokens, [.. tags, new("direction", "output")]);
                Cost.Add(replied.CostUsd ?? 0, tags);
                DashboardMetrics.AddCost(model, replied.CostUsd ?? 0);
                Duration.Record(replied.LatencyMs / 1000.0, tags);
                tags.Add("outcome", "replied");
                break;
            case ModelOutcome.Failed failed:
                Cost.Add(failed.Failure.CostUsd ?? 0, tags);
                DashboardMetrics.AddCost(model, failed.Failure.CostUsd ?? 0);
                tags.Add("outcome", failed.Failure.Kind);
                break;
        }

        Calls.Add(1, tags);
    }
}
