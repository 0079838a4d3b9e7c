using Microsoft.Extensions.Options;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;
using Weft.Agents.Models.Providers;
using Weft.Language;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Routing;

/// <summary>Chooses models: gathers what is known at this moment, and ranks over it.</summary>
public sealed class ModelRouter
{
    private readonly WorkflowCatalogs _catalogs;
    private readonly ProviderDirectory _providers;
    private readonly ModelHealth _health;
    private readonly BudgetLedger _budgets;
    private readonly ModelsOptions _options;
    private readonly TimeProvider _time;

    internal ModelRouter(
        WorkflowCatalogs catalogs, ProviderDirectory providers, ModelHealth health, BudgetLedger budgets, IOptions<ModelsOptions> options,
        TimeProvider time) =>
        (_catalogs, _providers, _health, _budgets, _options, _time) = (catalogs, providers, health, budgets, options.Value, time);

    /// <summary>Ranks the models for a call.</summary>
    /// <returns>A ranking; empty when no model will do, and its reasoning says why.</returns>
    /// <exception cref="WeftException">Codes <c>unknown_profile</c> and <c>unknown_capability</c>.</exception>
    public async Task<RoutingDecision> RouteAsync(RouteModelRequest request, CancellationToken cancellationToken)
    {
        var catalog = await _catalogs.ForAsync(request.Scope.ContentHash, cancellationToken);
        await _health.WarmAsync(cancellationToken);
        var budgets = await _budgets.ReadAsync(request.Scope, request.CostControls, cancellationToken);
        var settings = await _providers.ReadAsync(ModelRanking.Candidates(request, catalog.Models), catalog, cancellationToken);
        return ModelRanking.Rank(request, Snapshot(catalog, settings, budgets));
    }

    /// <summary>Ranks the models for a call that nobody makes: what a workflow's node would get.</summary>
    /// <exception cref="WeftException">Codes <c>unknown_profile</c> and <c>unknown_capability</c>.</exception>
    public Task<RoutingDecision> ExplainAsync(RouteQuery query, CancellationToken cancellationToken) => RouteAsync(
        new RouteModelRequest
        {
            Scope = new StepScope("", "", "", ""),
            Profile = query.Profile ?? (query.Models.Count > 0 ? "custom" : "balanced"),
            EstimatedTokens = query.EstimatedTokens ?? TokenEstimator.Estimate(query.Messages, []),
            Models = query.Models,
            RequiredCapabilities = query.RequiredCapabilities,
            MaxCostPerCall = query.Constraints?.MaxCostPerCall,
            MaxLatencyMs = query.Constraints?.MaxLatencyMs,
        },
        cancellationToken);

    /// <summary>Every model of the host's catalog, and whether it can be called now.</summary>
    public async Task<IReadOnlyList<ModelListing>> ListAsync(CancellationToken cancellationToken)
    {
        await _health.WarmAsync(cancellationToken);
        var settings = await _providers.ReadAsync(_catalogs.Host.Models.Models, _catalogs.Host, cancellationToken);
        var snapshot = Snapshot(_catalogs.Host, settings, []);
        return [.. snapshot.Catalog.Models.Select(spec => ModelListing.Of(spec, snapshot.Unreachable(spec), snapshot.Condition(spec)))];
    }

    private RoutingSnapshot Snapshot(StepCatalog catalog, ProviderSettings settings, IReadOnlyList<BudgetStatus> budgets)
    {
        var now = _time.GetUtcNow();
        return new RoutingSnapshot
        {
            Catalog = catalog.Models,
            Unreachable = spec => settings.Reach(spec).Problem,
            Condition = spec => _health.Of(spec).Condition(now),
            Budgets = budgets,
            ContextMargin = _options.ContextMargin,
        };
    }
}
