using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Weft.Api;
using Weft.Functions.Engine;

namespace Weft.Functions.Http;

/// <summary>The one way from a trigger into the API's own pipeline.</summary>
/// <remarks>
/// The worker's ASP.NET Core integration has routed the request to the function already. What it left on the context would keep the
/// pipeline from routing for itself, so it is cleared first. The pipeline answers everything, faults included.
/// </remarks>
public sealed class ApiEntry(IServiceProvider services, DurableClientAccessor accessor)
{
    private readonly Lazy<RequestDelegate> _pipeline = new(() => WeftApiPipeline.Build(services));

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request, as the trigger has it.</param>
    /// <param name="client">The engine's client, which only a binding gives.</param>
    public Task AnswerAsync(HttpRequest request, DurableTaskClient client)
    {
        accessor.Use(client);
        var context = request.HttpContext;

        // The host serves everything below /api. What has no version (/api/health) is the pipeline's /health.
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase, out var rest)
            && !rest.StartsWithSegments("/v0", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            request.PathBase = request.PathBase.Add("/api");
            request.Path = rest;
        }

        context.SetEndpoint(null);
        request.RouteValues.Clear();
        return _pipeline.Value(context);
    }
}
