using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Runtime.Cards;

namespace Weft.Api.Agents;

/// <summary>The registry of agents.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");
        agents.MapGet("", ListAsync).WithSummary("Lists the agents; by capability, cost_tier, healthy_only.");
        agents.MapGet("/{name}", GetAsync).WithSummary("Reads an agent.");
        agents.MapPut("/{name}", PutAsync).WithSummary("Registers an agent card; YAML or JSON.").Takes<AgentCard>();
        agents.MapDelete("/{name}", DeleteAsync).WithSummary("Takes out a card that was put.");
    }

    public static async Task<Ok<ItemsAnswer<AgentView>>> ListAsync(
        HttpContext context, AgentRegistry registry, CancellationToken cancellationToken)
    {
        var query = new AgentQuery
        {
            Capability = context.Request.Query.Text("capability"),
            CostTier = context.Request.Query.Text("cost_tier"),
            HealthyOnly = context.Request.Query.Flag("healthy_only"),
        };
        return Answers.Items([.. (await registry.ListAsync(query, cancellationToken)).Select(AgentView.Of)]);
    }

    private static async Task<Ok<AgentView>> GetAsync(string name, AgentRegistry registry, CancellationToken cancellationToken) =>
        await registry.FindAsync(name, cancellationToken) is { } agent
            ? TypedResults.Ok(AgentView.Of(agent))
            : throw await UnknownAsync(name, registry, cancellationToken);

    private static async Task<Results<Ok<AgentView>, Created<AgentView>>> PutAsync(
        string name, HttpContext context, AgentRegistry registry, CancellationToken cancellationToken)
    {
        var text = await RequestText.ReadAsync(context, RequestText.YamlOrJson);
        var loaded = AgentCardLoader.Load(text, name);
        if (loaded.Card is not { } card)
        {
            throw ApiException.InvalidDefinition(loaded.Diagnostics);
        }

        if (card.Name != name)
        {
            throw new ApiException(
                "invalid_definition", Fault.Invalid,
                $"The address names the agent '{name}', and the card's name is '{card.Name}'. Put it to '{card.Name}', or rename the "
                + $"card.");
        }

        var created = await registry.PutAsync(card, cancellationToken);
        var agent = await registry.FindAsync(name, cancellationToken);
        var view = AgentView.Of(agent ?? new RegisteredAgent(card, AgentOrigin.Api, null));
        return created ? TypedResults.Created((string?)null, view) : TypedResults.Ok(view);
    }

    private static async Task<NoContent> DeleteAsync(string name, AgentRegistry registry, CancellationToken cancellationToken)
    {
        if (await registry.DeleteAsync(name, cancellationToken))
        {
            return TypedResults.NoContent();
        }

        throw await registry.FindAsync(name, cancellationToken) is { } agent
            ? new ApiException(
                "agent_not_put", Fault.Conflict,
                $"The agent '{name}' comes from "
                + $"{(agent.Origin == AgentOrigin.File ? "a file; delete the file" : "the product itself, and stays")}.")
            : await UnknownAsync(name, registry, cancellationToken);
    }

    private static async Task<ApiException> UnknownAsync(string name, AgentRegistry registry, CancellationToken cancellationToken)
    {
        var known = (await registry.ListAsync(new AgentQuery(), cancellationToken)).Select(a => a.Card.Name);
        return ApiException.NotFound("agent_not_found", $"There is no agent '{name}'.{NearMiss.HintOrList(name, known)}");
    }
}
