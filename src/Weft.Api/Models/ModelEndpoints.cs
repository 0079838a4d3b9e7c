using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Costs;
using Weft.Agents.Models.Routing;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Workflows.Contracts;

namespace Weft.Api.Models;

/// <summary>Models, routing without a call, costs and budgets.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        var models = api.MapGroup("").WithTags("Models and costs");
        models.MapGet("/llm/models", ListAsync).WithSummary("Lists the catalog, and which models can be called now.");
        models.MapPost("/llm/route", RouteAsync).WithSummary("Decides on a model without calling it, and says why.")
            .Takes<RouteQuery>().WithMetadata(new NeedsScope(Scopes.Read));
        models.MapGet("/costs/summary", SummaryAsync).WithSummary("What models cost in the last hour, day or month.");
        models.MapGet("/costs/workflows", ByWorkflowAsync).WithSummary("What workflows cost in the last hour, day or month.");
        models.MapGet("/budgets", BudgetsAsync).WithSummary("Where today's and this month's budgets stand.");
    }

    public static async Task<Ok<ItemsAnswer<ModelListing>>> ListAsync(ModelRouter router, CancellationToken cancellationToken) =>
        Answers.Items(await router.ListAsync(cancellationToken));

    public static async Task<Ok<CostSummary>> SummaryAsync(HttpContext context, CostReport costs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await costs.SummaryAsync(context.Request.Query.Text("period") ?? "daily", cancellationToken));

    private static async Task<Ok<ItemsAnswer<WorkflowCost>>> ByWorkflowAsync(
        HttpContext context, CostReport costs, CancellationToken cancellationToken) =>
        Answers.Items(await costs.ByWorkflowAsync(context.Request.Query.Text("period") ?? "daily", cancellationToken));

    private static async Task<Ok<ItemsAnswer<BudgetStatus>>> BudgetsAsync(BudgetLedger budgets, CancellationToken cancellationToken) =>
        Answers.Items(await budgets.ListAsync(cancellationToken));

    private static async Task<Ok<RoutingDecision>> RouteAsync(
        HttpContext context, ModelRouter router, CancellationToken cancellationToken) =>
        TypedResults.Ok(await router.ExplainAsync(Read(await RequestBody.ReadAsync(context)), cancellationToken));

    private static RouteQuery Read(RequestBody body)
    {
        var constraints = body.Object("constraints");
        var query = new RouteQuery
        {
            Messages = Messages(body),
            EstimatedTokens = body.Integer("estimated_tokens", 1, 100_000_000),
            Profile = body.Text("profile", longest: 64),
            Models = body.Texts("models"),
            RequiredCapabilities = body.Texts("required_capabilities"),
            Constraints = constraints is null ? null : new RouteConstraints
            {
                MaxCostPerCall = Number(body, constraints, "max_cost_per_call"),
                MaxLatencyMs = (int?)Number(body, constraints, "max_latency_ms"),
            },
        };
        body.Check();
        return query;
    }

    private static List<ChatTurn> Messages(RequestBody body)
    {
        var turns = new List<ChatTurn>();
        var items = body.List("messages");
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject message && message["role"] is JsonValue role && role.GetValueKind() == JsonValueKind.String)
            {
                turns.Add(new ChatTurn { Role = role.GetValue<string>(), Content = message["content"]?.DeepClone() });
            }
            else
            {
                body.Fault($"$.messages[{i}]", "must be an object with a role and a content");
            }
        }

        return turns;
    }

    private static double? Number(RequestBody body, JsonObject constraints, string name)
    {
        if (constraints[name] is not { } node)
        {
            return null;
        }

        if (node is JsonValue value && value.TryGetValue<double>(out var number) && number is >= 0 and <= int.MaxValue)
        {
            return number;
        }

        body.Fault($"$.constraints.{name}", "must be a number that is not negative");
        return null;
    }
}
