using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Records;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Runtime.Cards;

namespace Weft.Api.Tools;

/// <summary>What was used, how it did, and which tool fits.</summary>
internal static class UsageEndpoints
{
    public static void MapUsage(this IEndpointRouteBuilder api)
    {
        var usage = api.MapGroup("").WithTags("Usage");
        usage.MapGet("/usage/actions", ActionsAsync)
            .WithSummary("How actions did in a period; with user_id, that user's last calls.").Produces<ItemsAnswer<ActionUsage>>();
        usage.MapGet("/usage/agents", AgentsAsync).WithSummary("How agents did in a period.");
        usage.MapGet("/analytics/executions", AnalyticsAsync).WithSummary("How calls went, over all or for one user.");
        usage.MapPost("/tools/select", SelectAsync)
            .WithSummary("Chooses the tool that fits an intent.").Takes<SelectToolRequest>().WithMetadata(new NeedsScope(Scopes.Read));
        usage.MapPost("/tools/suggest", SuggestAsync)
            .WithSummary("Suggests apps for an intent.").Takes<SuggestToolsRequest>().WithMetadata(new NeedsScope(Scopes.Read));
    }

    private static async Task<IResult> ActionsAsync(HttpContext context, ToolAnalytics analytics, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        return query.Text("user_id", 250) is { } user
            ? Answers.Items(await analytics.HistoryAsync(user, query.Integer("limit", 50, 1, 1000), cancellationToken))
            : Answers.Items(await analytics.ActionsAsync(PeriodOf(query), cancellationToken));
    }

    private static async Task<Ok<ItemsAnswer<AgentStatistics>>> AgentsAsync(
        HttpContext context, AgentPerformance agents, CancellationToken cancellationToken) =>
        Answers.Items(await agents.SummarizeAsync(PeriodOf(context.Request.Query), cancellationToken));

    private static async Task<Ok<ExecutionAnalytics>> AnalyticsAsync(
        HttpContext context, ToolAnalytics analytics, CancellationToken cancellationToken) =>
        TypedResults.Ok(await analytics.ExecutionsAsync(
            context.Request.Query.Text("user_id", 250), PeriodOf(context.Request.Query), cancellationToken));

    private static async Task<Ok<ToolSelection>> SelectAsync(
        HttpContext context, ToolSelector selector, CancellationToken cancellationToken)
    {
        var request = SelectToolRequest.Read(await RequestBody.ReadAsync(context));
        var selection = await selector.SelectAsync(
            new ToolSelectionRequest
            {
                UserIntent = request.UserIntent,
                UserId = request.UserId,
                Tools = request.Tools,
                Alternatives = request.Alternatives ?? 2,
            },
            cancellationToken);
        return TypedResults.Ok(selection);
    }

    private static async Task<Ok<ItemsAnswer<AppSuggestion>>> SuggestAsync(
        HttpContext context, ToolSelector selector, CancellationToken cancellationToken)
    {
        var request = SuggestToolsRequest.Read(await RequestBody.ReadAsync(context));
        return Answers.Items(await selector.SuggestAppsAsync(request.Query, request.UserId, request.Limit ?? 5, cancellationToken));
    }

    private static TimeSpan PeriodOf(IQueryCollection query) => (query.Text("period") ?? "daily") switch
    {
        "hourly" => TimeSpan.FromHours(1),
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        "monthly" => ToolUsageRecords.LongestPeriod,
        var other => throw ApiException.BadParameter("period", $"must be one of hourly, daily, weekly, monthly, and is '{other}'."),
    };
}
