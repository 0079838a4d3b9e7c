using Weft.Workflows.Contracts;

namespace Weft.Workflows.Agents;

/// <summary>Keeps count of what an agent's calls take.</summary>
internal sealed class AgentLedger
{
    private readonly List<ModelCallTrace> _modelCalls = [];
    private readonly List<ToolCallTrace> _toolCalls = [];
    private readonly List<string> _warnings = [];
    private readonly SortedDictionary<string, double> _costByModel = new(StringComparer.Ordinal);
    private string? _model;
    private string? _provider;
    private long _inputTokens;
    private long _outputTokens;
    private double _cost;

    /// <summary>Gets or sets the rounds of thinking so far.</summary>
    public int Iterations { get; set; }

    public void Replied(RankedModel model, ModelOutcome.Replied reply, string reason)
    {
        (_model, _provider) = (model.Name, model.Provider);
        _inputTokens += reply.Usage.InputTokens;
        _outputTokens += reply.Usage.OutputTokens;
        Charge(model, reply.CostUsd);
        if (reply.CostUsd is null)
        {
            Warn($"The price of '{model.Name}' is not known, so its calls count as free. Add cost_per_1k_input and cost_per_1k_output to "
                + $"its entry in the catalog.");
        }

        if (reply.FinishReason == "length")
        {
            Warn($"An answer of '{model.Name}' was cut at its token limit. Raise max_tokens.");
        }

        _modelCalls.Add(
            new ModelCallTrace(model.Name, model.Provider, "success", reply.LatencyMs) { CostUsd = reply.CostUsd ?? 0, Reason = reason });
    }

    public void Failed(RankedModel model, ModelFailure failure, string reason)
    {
        Charge(model, failure.CostUsd);
        _modelCalls.Add(new ModelCallTrace(model.Name, model.Provider, "failed", failure.LatencyMs)
        {
            CostUsd = failure.CostUsd ?? 0,
            Error = $"{failure.Kind}: {failure.Message}",
            Reason = reason,
        });
    }

    public void Called(ToolCallTrace call) => _toolCalls.Add(call);

    /// <summary>Adds what another agent took that this one handed work to.</summary>
    public void Add(AgentUsage other)
    {
        _inputTokens += other.InputTokens;
        _outputTokens += other.OutputTokens;
        _cost += other.CostUsd;
        foreach (var (model, cost) in other.CostByModel)
        {
            _costByModel[model] = _costByModel.GetValueOrDefault(model) + cost;
        }

        _modelCalls.AddRange(other.ModelCalls);
        _toolCalls.AddRange(other.ToolCalls);
        foreach (var warning in other.Warnings)
        {
            Warn(warning);
        }
    }

    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning, StringComparer.Ordinal))
        {
            _warnings.Add(warning);
        }
    }

    public AgentUsage ToUsage() => new()
    {
        Model = _model,
        Provider = _provider,
        InputTokens = _inputTokens,
        OutputTokens = _outputTokens,
        CostUsd = _cost,
        Iterations = Iterations,
        ToolCalls = _toolCalls,
        ModelCalls = _modelCalls,
        CostByModel = new Dictionary<string, double>(_costByModel),
        Warnings = _warnings,
    };

    private void Charge(RankedModel model, double? cost)
    {
        if (cost is > 0)
        {
            _cost += cost.Value;
            _costByModel[model.Name] = _costByModel.GetValueOrDefault(model.Name) + cost.Value;
        }
    }
}
