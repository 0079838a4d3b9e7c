using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weft.Api.Agents;
using Weft.Api.Executions;
using Weft.Api.Hooks;
using Weft.Api.Memory;
using Weft.Api.Models;
using Weft.Api.Operations;
using Weft.Api.Problems;
using Weft.Api.Queues;
using Weft.Api.Schedules;
using Weft.Api.Security;
using Weft.Api.Tools;
using Weft.Api.Workflows;

namespace Weft.Api;

/// <summary>The API as a pipeline: problems, routes, access, handlers.</summary>
public static class WeftApiPipeline
{
    /// <summary>Builds the pipeline over another host's services, as one delegate. It answers every request, and throws nothing.</summary>
    /// <param name="services">Services with <see cref="WeftApiServiceCollectionExtensions.AddWeftApi"/>.</param>
    public static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseWeftApi();
        app.UseEndpoints(endpoints => endpoints.MapWeftApi());
        return app.Build();
    }

    /// <summary>Adds the middleware: every failure a problem, load shedding, keys. Before <see cref="MapWeftApi"/>.</summary>
    public static IApplicationBuilder UseWeftApi(this IApplicationBuilder app)
    {
        app.ApplicationServices.GetRequiredService<MetricsCollector>(); // It counts from here on.
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseMiddleware<ConcurrencyMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        return app;
    }

    /// <summary>Maps every route: under <c>/api/v1</c>, the same under <c>/api/v0</c>, and operations without a prefix too.</summary>
    public static IEndpointRouteBuilder MapWeftApi(this IEndpointRouteBuilder endpoints)
    {
        var described = endpoints.MapGroup("/api/v1");
        MapRoutes(described);
        var same = endpoints.MapGroup("/api/v0");
        MapRoutes(same);
        same.ExcludeFromDescription();

        var bare = endpoints.MapGroup("");
        bare.MapOperations();
        bare.MapOpenApi("/openapi/{documentName}.json");
        bare.ExcludeFromDescription();
        return endpoints;
    }

    private static void MapRoutes(RouteGroupBuilder api)
    {
        api.MapWorkflows();
        api.MapExecutions();
        api.MapAgents();
        api.MapModels();
        api.MapComposio();
        api.MapUsage();
        api.MapMemory();
        api.MapSchedules();
        api.MapQueues();
        api.MapStuck();
        api.MapHooks();
        api.MapOperations();
        api.MapOpenApi("/openapi/{documentName}.json");

        // Paths that the first descriptions of the product spell below /workflows.
        var spelled = api.MapGroup("/workflows");
        spelled.MapGet("/agents", AgentEndpoints.ListAsync);
        spelled.MapGet("/llm/models", ModelEndpoints.ListAsync);
        spelled.MapGet("/costs/summary", ModelEndpoints.SummaryAsync);
        spelled.MapComposio();
        spelled.ExcludeFromDescription();
    }
}
