using System.Diagnostics;
using System.Diagnostics.Metrics;
using Weft.Agents.Telemetry;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Calls;

/// <summary>Counts calls, tokens, cost and time by model.</summary>
internal sealed class ModelMetrics
{
    private readonly Counter<long> _calls;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Counter<double> _dashboardCost;
    private readonly Histogram<double> _duration;

    public ModelMetrics(IMeterFactory meters)
    {
        var models = meters.Create(WeftMeters.Models);
        _calls = models.CreateCounter<long>("weft.model.calls", description: "Model calls, by model and outcome.");
        _tokens = models.CreateCounter<long>("weft.model.tokens", description: "Tokens, by model and direction.");
        _cost = models.CreateCounter<double>("weft.model.cost", "USD", "What model calls cost.");
        _duration = models.CreateHistogram<double>("weft.model.duration", "s", "From request to whole answer.");
        _dashboardCost = meters.Create(WeftMeters.Dashboard).CreateCounter<double>("llm.cost", "USD", "What model calls cost, by model.");
    }

    /// <summary>Counts one call.</summary>
    public void Record(string provider, string model, ModelOutcome outcome)
    {
        var tags = new TagList { { "provider", provider }, { "model", model } };
        switch (outcome)
        {
            case ModelOutcome.Replied replied:
                _tokens.Add(replied.Usage.InputTokens, [.. tags, new("direction", "input")]);
                _tokens.Add(replied.Usage.OutputTokens, [.. tags, new("direction", "output")]);
                AddCost(replied.CostUsd ?? 0, model, tags);
                _duration.Record(replied.LatencyMs / 1000.0, tags);
                tags.Add("outcome", "replied");
                break;
            case ModelOutcome.Failed failed:
                AddCost(failed.Failure.CostUsd ?? 0, model, tags);
                tags.Add("outcome", failed.Failure.Kind);
                break;
        }

        _calls.Add(1, tags);
    }

    private void AddCost(double usd, string model, TagList tags)
    {
        _cost.Add(usd, tags);
        _dashboardCost.Add(usd, new KeyValuePair<string, object?>("model", model));
    }
}
