using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Weft.Api;

namespace Weft.Functions.Tests;

/// <summary>Which function the host gives a request to: it orders them by name, whatever the case, and takes the first that fits.</summary>
public sealed class RouteTests
{
    /// <summary>The routes that a function of their own answers; all others are the last one's.</summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["POST v1/workflows/{id}/executions"] = "StartExecution",
        ["POST v1/workflows/execute"] = "ExecuteWorkflow",
        ["GET v1/executions/{id}"] = "GetExecution",
        ["GET v1/executions/workflows"] = "GetExecution",
        ["POST v1/executions/{id}/cancel"] = "CancelExecution",
        ["POST v1/executions/{id}/signals"] = "SignalExecution",
        ["GET v1/composio/callback"] = "ComposioCallback",
        ["POST v1/hooks/composio"] = "ReceiveHook",
        ["POST v1/hooks/{name}"] = "ReceiveHook",
        ["GET v1/health"] = "Health",
        ["GET health"] = "HealthWithoutVersion",
    };

    private static readonly List<FunctionEntry> InTheHostsOrder =
        [.. FunctionEntry.ReadAll().Where(f => f.Http is not null).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase)];

    [Fact]
    public void Routes_OfTheApi_ReachTheFunctionThatIsTheirs()
    {
        var routes = ReadRoutes();

        Assert.Empty(Own.Keys.Except(routes, StringComparer.Ordinal));
        Assert.Equal(
            routes.Select(r => $"{r} -> {Own.GetValueOrDefault(r, "WeftApi")}"),
            routes.Select(r => $"{r} -> {Answers(r)}"));
    }

    [Fact]
    public void Routes_OfEveryFunction_AreReached() =>
        Assert.Equal(
            InTheHostsOrder.Select(f => f.Name),
            ReadRoutes().Select(Answers).Distinct().OrderBy(n => n, StringComparer.OrdinalIgnoreCase));

    private static string Answers(string route)
    {
        var (method, template) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = "/" + string.Join('/', template.Split('/').Select(p => p.StartsWith('{') ? "tasks" : p));
        return InTheHostsOrder.First(f => f.Http!.Methods!.Contains(method, StringComparer.OrdinalIgnoreCase)
            && new TemplateMatcher(TemplateParser.Parse(f.Http.Route!), []).TryMatch(path, [])).Name;
    }

    /// <summary>Every route below <c>/api</c>, of the version that is described and without a version, as the API maps them.</summary>
    private static List<string> ReadRoutes()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWeftServices(builder.Configuration);
        IEndpointRouteBuilder app = builder.Build();
        app.MapWeftApi();
        var routes = from source in app.DataSources
                     from endpoint in source.Endpoints.OfType<RouteEndpoint>()
                     let path = Path(endpoint.RoutePattern)
                     where !path.StartsWith("v0/", StringComparison.Ordinal)
                     from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
                     select $"{method} {path}";
        return [.. routes.Distinct().Order(StringComparer.Ordinal)];
    }

    private static string Path(RoutePattern pattern)
    {
        var path = string.Join('/', pattern.PathSegments.Select(
            s => s.Parts is [RoutePatternParameterPart part] ? $"{{{part.Name}}}" : string.Concat(s.Parts.Select(Text))));
        return path.StartsWith("api/", StringComparison.Ordinal) ? path["api/".Length..] : path;
    }

    private static string Text(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "x",
    };
}
