using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Agents;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Workflows;
using Weft.Workflows;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Agents;

/// <summary>An agent: its card, and how it did lately.</summary>
public sealed record AgentView
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

/// <summary>The registry of agents.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");
        agents.MapGet("", ListAsync).WithSummary("Lists the agents; by capability, cost_tier, healthy_only.").Produces<ItemsAnswer<AgentView>>();
        agents.MapGet("/{name}", GetAsync).WithSummary("Reads an agent.").Produces<AgentView>();
        agents.MapPut("/{name}", PutAsync).WithSummary("Registers an agent card; YAML or JSON.").Takes<AgentCard>().Produces<AgentView>();
        agents.MapDelete("/{name}", DeleteAsync).WithSummary("Takes out a card that was put.").Produces(StatusCodes.Status204NoContent);
    }

    public static async Task<IResult> ListAsync(HttpContext context, AgentRegistry registry, CancellationToken cancellationToken)
    {
        var query = new AgentQuery
        {
            Capability = context.Request.Query.Text("capability"),
            CostTier = context.Request.Query.Text("cost_tier"),
            HealthyOnly = context.Request.Query.Flag("healthy_only"),
        };
        return Answers.Items([.. (await registry.ListAsync(query, cancellationToken)).Select(AgentView.Of)]);
    }

    private static async Task<IResult> GetAsync(string name, AgentRegistry registry, CancellationToken cancellationToken) =>
        await registry.FindAsync(name, cancellationToken) is { } agent ? Answers.Json(AgentView.Of(agent)) : throw await UnknownAsync(name, registry, cancellationToken);

    private static async Task<IResult> PutAsync(string name, HttpContext context, AgentRegistry registry, CancellationToken cancellationToken)
    {
        var text = await RequestText.ReadAsync(context, RequestText.YamlOrJson);
        var loaded = AgentCardLoader.Load(text, name);
        if (loaded.Card is not { } card)
        {
            throw WorkflowEndpoints.Invalid(loaded.Diagnostics);
        }

        if (card.Name != name)
        {
            throw new ApiException(422, "invalid_definition", $"The address names the agent '{name}', and the card's name is '{card.Name}'. Put it to '{card.Name}', or rename the card.");
        }

        var created = await registry.PutAsync(card, cancellationToken);
        var agent = await registry.FindAsync(name, cancellationToken);
        return Answers.Json(AgentView.Of(agent ?? new RegisteredAgent(card, AgentOrigin.Api, null)), created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(string name, AgentRegistry registry, CancellationToken cancellationToken)
    {
        if (await registry.DeleteAsync(name, cancellationToken))
        {
            return Results.NoContent();
        }

        throw await registry.FindAsync(name, cancellationToken) is { } agent
            ? new ApiException(409, "agent_not_put", $"The agent '{name}' comes from {(agent.Origin == AgentOrigin.File ? "a file; delete the file" : "the product itself, and stays")}.")
            : await UnknownAsync(name, registry, cancellationToken);
    }

    private static async Task<ApiException> UnknownAsync(string name, AgentRegistry registry, CancellationToken cancellationToken)
    {
        var known = (await registry.ListAsync(new AgentQuery(), cancellationToken)).Select(a => a.Card.Name);
        return ApiException.NotFound("agent_not_found", $"There is no agent '{name}'.{NearMiss.HintOrList(name, known)}");
    }
}
