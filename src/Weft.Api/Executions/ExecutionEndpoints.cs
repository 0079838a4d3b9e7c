using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;

namespace Weft.Api.Executions;

/// <summary>Executions: start, await, list, read, follow, cancel, pause, resume, signal, run again.</summary>
internal static class ExecutionEndpoints
{
    private const string KeyHeader = "Idempotency-Key";

    public static void MapExecutions(this IEndpointRouteBuilder api)
    {
        var workflows = api.MapGroup("/workflows").WithTags("Executions");
        workflows.MapPost("/execute", ExecuteAsync).WithSummary("Starts an execution and waits for its end, at most ?wait= seconds.")
            .Takes<ExecuteRequest>();
        workflows.MapPost("/{id}/executions", StartAsync)
            .WithSummary("Starts an execution. The body is {input, context}, or the bare input.")
            .Takes<StartRequest>();
        workflows.MapGet("/{id}/executions", ListOfWorkflowAsync).WithSummary("Lists a workflow's executions, newest first.");

        var executions = api.MapGroup("/executions").WithTags("Executions");
        executions.MapGet("", ListAsync).WithSummary("Lists executions, newest first.");
        executions.MapGet("/workflows", ListAsync).ExcludeFromDescription();
        Map(executions, "/{id}");
        Map(executions, "/workflows/{id}", described: false);
    }

    private static void Map(RouteGroupBuilder executions, string id, bool described = true)
    {
        List<IEndpointConventionBuilder> routes =
        [
            executions.MapGet(id, GetAsync).WithSummary("Reads the execution document."),
            executions.MapGet(id + "/trace", TraceAsync).WithSummary("Reads the trace alone."),
            executions.MapGet(id + "/events", ExecutionEventStream.RunAsync)
                .WithSummary("Follows the execution as server-sent events; Last-Event-ID goes on.")
                .Produces<string>(StatusCodes.Status200OK, "text/event-stream"),
            executions.MapPost(id + "/cancel", CancelAsync).WithSummary("Cancels it, and all that it runs."),
            executions.MapPost(id + "/pause", PauseAsync).WithSummary("Holds it."),
            executions.MapPost(id + "/resume", ResumeAsync).WithSummary("Lets it go on."),
            executions.MapPost(id + "/signals", SignalAsync).WithSummary("Sends it a signal.").Takes<SignalRequest>(),
            executions.MapPost(id + "/rerun", RerunAsync).WithSummary("Runs it again, as a whole or from a node.").Takes<RerunRequest>(),
        ];
        if (!described)
        {
            routes.ForEach(r => r.ExcludeFromDescription());
        }
    }

    private static async Task<Results<Ok<ExecutionDocument>, Accepted<StartedAnswer>>> ExecuteAsync(
        HttpContext context, ExecutionStarter starter, ExecutionService executions, IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var wait = context.Request.Query.Integer("wait", options.Value.DefaultWaitSeconds, 0, 600);
        var request = ExecuteRequest.Read(await RequestBody.ReadAsync(context));
        var start = new StartExecution(request.WorkflowId, request.InputData, request.Context ?? []) { IdempotencyKey = KeyOf(context) };
        var started = await starter.StartAsync(start, cancellationToken);
        var document = await executions.WaitAsync(started.ExecutionId, TimeSpan.FromSeconds(wait), cancellationToken);
        return document.Status.HasEnded() ? TypedResults.Ok(document) : Accepted(context, started, document.Status);
    }

    private static async Task<Accepted<StartedAnswer>> StartAsync(
        string id, HttpContext context, ExecutionStarter starter, CancellationToken cancellationToken)
    {
        var request = StartRequest.Read(await RequestBody.ReadAsync(context));
        var start = new StartExecution(id, request.Input, request.Context ?? []) { IdempotencyKey = KeyOf(context) };
        return Accepted(context, await starter.StartAsync(start, cancellationToken), ExecutionStatus.Pending);
    }

    private static Task<Ok<ItemsAnswer<ExecutionSummary>>> ListAsync(
        HttpContext context, ExecutionService executions, CancellationToken cancellationToken) =>
        PageAsync(context, executions, context.Request.Query.Text("workflow_id"), cancellationToken);

    private static async Task<Ok<ItemsAnswer<ExecutionSummary>>> ListOfWorkflowAsync(
        string id, HttpContext context, ExecutionService executions, WorkflowRegistry workflows, CancellationToken cancellationToken)
    {
        if ((await workflows.VersionsAsync(id, cancellationToken)).Count == 0)
        {
            throw await workflows.UnknownAsync(id, cancellationToken);
        }

        return await PageAsync(context, executions, id, cancellationToken);
    }

    private static async Task<Ok<ItemsAnswer<ExecutionSummary>>> PageAsync(
        HttpContext context, ExecutionService executions, string? workflowId, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var page = await executions.ListAsync(
            new ExecutionQuery
            {
                WorkflowId = workflowId,
                Status = query.Word<ExecutionStatus>("status"),
                From = query.Time("from"),
                To = query.Time("to"),
                Limit = query.Integer("limit", 50, 1, 200),
                Cursor = query.Text("cursor"),
            },
            cancellationToken);
        return Answers.Items(page.Items, page.NextCursor);
    }

    private static async Task<Ok<ExecutionDocument>> GetAsync(
        string id, ExecutionService executions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await executions.GetAsync(id, cancellationToken));

    private static async Task<Ok<ExecutionTrace>> TraceAsync(string id, ExecutionService executions, CancellationToken cancellationToken) =>
        TypedResults.Ok((await executions.GetAsync(id, cancellationToken)).Trace);

    private static async Task<Ok<ExecutionDocument>> CancelAsync(
        string id, HttpContext context, ExecutionService executions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await executions.CancelAsync(id, await ReasonAsync(context), cancellationToken));

    private static async Task<Ok<ExecutionDocument>> PauseAsync(
        string id, HttpContext context, ExecutionService executions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await executions.PauseAsync(id, await ReasonAsync(context), cancellationToken));

    private static async Task<Ok<ExecutionDocument>> ResumeAsync(
        string id, HttpContext context, ExecutionService executions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await executions.ResumeAsync(id, await ReasonAsync(context), cancellationToken));

    private static async Task<Accepted<SignalAnswer>> SignalAsync(
        string id, HttpContext context, ExecutionService executions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var request = SignalRequest.Read(await RequestBody.ReadAsync(context));
        var signalId = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        var metadata = new JsonObject { ["signal_id"] = signalId, ["source"] = "api", ["received_at"] = clock.GetUtcNow().UtcDateTime };
        await executions.SignalAsync(id, new SignalEvent(request.SignalName, request.Data) { Metadata = metadata }, cancellationToken);
        return TypedResults.Accepted((string?)null, new SignalAnswer(id, request.SignalName, signalId));
    }

    private static async Task<Accepted<StartedAnswer>> RerunAsync(
        string id, HttpContext context, ExecutionService executions, CancellationToken cancellationToken)
    {
        var request = RerunRequest.Read(await RequestBody.ReadAsync(context));
        var started = await executions.RerunAsync(id, request.FromNode, request.Definition == "latest", "api", cancellationToken);
        return Accepted(context, started, ExecutionStatus.Pending);
    }

    private static async Task<string?> ReasonAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var reason = body.Text("reason", longest: 500);
        body.Check();
        return reason;
    }

    private static Accepted<StartedAnswer> Accepted(HttpContext context, StartedExecution started, ExecutionStatus status)
    {
        var self = Answers.Link(context, "/executions/" + started.ExecutionId);
        if (started.Repeated)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }

        var links = new ExecutionLinks(self, self + "/trace", self + "/events", self + "/cancel");
        return TypedResults.Accepted(self, new StartedAnswer(started.ExecutionId, status, links));
    }

    private static string? KeyOf(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(KeyHeader, out var values))
        {
            return null;
        }

        return values.ToString() is { Length: > 0 and <= ExecutionStarter.LongestKey } key
            ? key
            : throw new ApiException(
                "invalid_idempotency_key", Fault.Malformed,
                $"The header {KeyHeader} must be 1 to {ExecutionStarter.LongestKey} characters long.");
    }
}
