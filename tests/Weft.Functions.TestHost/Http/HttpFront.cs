using Microsoft.AspNetCore.Routing.Constraints;
using Weft.Functions.TestHost.Worker;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Http;

/// <summary>
/// The app's HTTP functions. As on the host, the routes stand in the order of the functions' names, and the first that matches is taken,
/// however general it is.
/// </summary>
/// <param name="workers">Who answers.</param>
/// <param name="durableClient">What is bound to the engine's client.</param>
/// <param name="key">The key that all functions but the anonymous ones ask for.</param>
internal sealed class HttpFront(WorkerPool workers, string durableClient, string key)
{
    /// <summary>Says which function a request reached, so that a test of the routes can tell.</summary>
    public const string FunctionHeader = "X-Function";

    private readonly WorkerProxy _proxy = new(workers);

    public void Map(WebApplication app, string prefix)
    {
        var constraints = app.Services.GetRequiredService<IInlineConstraintResolver>();
        var routes = new RouteCollection();
        foreach (var function in workers.Functions.Where(f => f.TriggerType == "httptrigger")
            .OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase))
        {
            var only = new Dictionary<string, object>(StringComparer.Ordinal);
            if (function.Methods() is { Length: > 0 } methods)
            {
                only["httpMethod"] = new HttpMethodRouteConstraint(methods);
            }

            var handler = new RouteHandler(http => AnswerAsync(http, function));
            routes.Add(new Microsoft.AspNetCore.Routing.Route(
                handler, function.Name, $"{prefix}/{function.Says("route") ?? function.Name}", null, only, null, constraints));
        }

        app.UseRouter(routes);
    }

    private Task AnswerAsync(HttpContext http, AppFunction function)
    {
        http.Response.Headers[FunctionHeader] = function.Name;
        if (!"anonymous".Equals(function.Says("authLevel"), StringComparison.OrdinalIgnoreCase)
            && http.Request.Headers["x-functions-key"] != key && http.Request.Query["code"] != key)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var request = InvocationRequests.For(function, new TypedData { Http = new RpcHttp() }, durableClient);
        foreach (var (name, value) in http.GetRouteData().Values)
        {
            request.TriggerMetadata[name] = new TypedData { String = value?.ToString() ?? "" };
        }

        return _proxy.ForwardAsync(http, function, request);
    }
}
