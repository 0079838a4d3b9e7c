using Microsoft.AspNetCore.Http;
using Weft.Api;

namespace Weft.Functions.Http;

/// <summary>The one way from a trigger into the API's own pipeline.</summary>
/// <remarks>
/// The worker's ASP.NET Core integration has routed the request to the function already. What it left on the context would keep the
/// pipeline from routing for itself, so it is cleared first. The pipeline answers everything, faults included.
/// </remarks>
public sealed class ApiEntry(IServiceProvider services)
{
    private readonly Lazy<RequestDelegate> _pipeline = new(() => WeftApiPipeline.Build(services));

    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(HttpRequest request)
    {
        var context = request.HttpContext;
        context.SetEndpoint(null);
        request.RouteValues.Clear();
        return _pipeline.Value(context);
    }
}
