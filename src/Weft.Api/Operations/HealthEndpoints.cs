using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents.Storage;
using Weft.Api.Security;
using Weft.Language.Diagnostics;
using Weft.Runtime.Registry;
using Weft.Workflows.Durable;

namespace Weft.Api.Operations;

/// <summary>Whether the process lives, whether it can work, and what it counts.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(5);

    private static readonly string Version =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "0";

    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("").WithTags("Operations");
        operations.MapGet("/health", () => TypedResults.Ok(new HealthAnswer("healthy", Version)))
            .WithSummary("Whether the process lives.").WithMetadata(new OpenToAll());
        operations.MapGet("/readiness", ReadyAsync).WithSummary("Whether it can work: store and engine answer.")
            .Produces<ReadinessAnswer>(StatusCodes.Status503ServiceUnavailable).WithMetadata(new OpenToAll());
        operations.MapGet(
            "/metrics", (MetricsCollector metrics) => Results.Text(metrics.Render(), "text/plain; version=0.0.4; charset=utf-8"))
            .WithSummary("Counters and histograms in Prometheus' text form.").Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    private static async Task<Results<Ok<ReadinessAnswer>, JsonHttpResult<ReadinessAnswer>>> ReadyAsync(
        HttpContext context, TimeProvider clock, ILoggerFactory loggers)
    {
        var services = context.RequestServices;
        using var deadline = new CancellationTokenSource(LongestCheck, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        var logger = loggers.CreateLogger("Weft.Api.Readiness");
        var checks = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["records"] = await CheckAsync("records",
                token => services.GetRequiredService<IRecordStore>().ReadAsync(RecordKeys.LatestWorkflow("readiness"), token), logger,
                either.Token),
            ["engine"] = await CheckAsync(
                "engine", token => services.GetRequiredService<IOrchestrationClient>().GetAsync("readiness", token), logger, either.Token),
        };
        var faults = services.GetRequiredService<WorkflowFolders>().Diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
        var ready = checks.Values.All(v => v == "ok");
        var answer = new ReadinessAnswer(ready ? "ready" : "not_ready", checks, faults);
        return ready ? TypedResults.Ok(answer) : TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> CheckAsync<T>(
        string name, Func<CancellationToken, Task<T>> check, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await check(cancellationToken);
            return "ok";
        }
        catch (Exception exception)
        {
            // The answer goes to whoever asks; the reason stays in the log.
            logger.NotReady(exception, name);
            return "failed";
        }
    }
}
