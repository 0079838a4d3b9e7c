using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Api.Executions;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Schedules;
using Weft.Runtime.Triggers;
using Weft.Workflows.Contracts;

namespace Weft.Api.Schedules;

/// <summary>Cron starts.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("", ListAsync).WithSummary("Lists the schedules, with their state and next tick.").Produces<ItemsAnswer<ScheduleView>>();
        schedules.MapGet("/{id}", GetAsync).WithSummary("Reads a schedule.").Produces<ScheduleView>();
        schedules.MapPut("/{id}", PutAsync).WithSummary("Makes or changes a schedule. One whose workflow does not exist yet waits for it.").Takes<ScheduleRequest>().Produces<ScheduleView>();
        schedules.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a schedule.").Produces(StatusCodes.Status204NoContent);
        schedules.MapPost("/{id}/trigger", TriggerAsync).WithSummary("Starts the schedule's workflow now, whatever its times say.").Produces<StartedAnswer>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(Scheduler scheduler, CancellationToken cancellationToken) =>
        Answers.Items(await scheduler.ListAsync(cancellationToken));

    private static async Task<IResult> GetAsync(string id, ScheduleStore store, Scheduler scheduler, CancellationToken cancellationToken) =>
        Answers.Json(await scheduler.ViewAsync(id, cancellationToken) ?? throw await UnknownAsync(id, store, cancellationToken));

    private static async Task<IResult> PutAsync(
        string id, HttpContext context, ScheduleStore store, Scheduler scheduler, CancellationToken cancellationToken)
    {
        var request = ScheduleRequest.Read(await RequestBody.ReadAsync(context));
        var known = await store.FindAsync(id, cancellationToken);
        if (known is { Source: "workflow" })
        {
            throw new ApiException(
                "schedule_of_workflow", Fault.Conflict, $"The schedule '{id}' stands in the definition of workflow '{known.WorkflowId}'. Change it there, or make another under a name of its own.");
        }

        await store.PutAsync(request.ToRecord(id) with { CreatedAt = known?.CreatedAt ?? default }, cancellationToken);
        return Answers.Json(await scheduler.ViewAsync(id, cancellationToken), known is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(string id, ScheduleStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is { Source: "workflow" } own)
        {
            throw new ApiException(
                "schedule_of_workflow", Fault.Conflict, $"The schedule '{id}' stands in the definition of workflow '{own.WorkflowId}'. Take it out there, or set 'enabled: false'.");
        }

        return await store.DeleteAsync(id, cancellationToken) ? Results.NoContent() : throw await UnknownAsync(id, store, cancellationToken);
    }

    private static async Task<IResult> TriggerAsync(string id, HttpContext context, ScheduleStore store, Scheduler scheduler, CancellationToken cancellationToken)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var started = await scheduler.TriggerAsync(id, key.Length == 0 ? null : key, cancellationToken) ?? throw await UnknownAsync(id, store, cancellationToken);
        var self = Answers.Link(context, "/executions/" + started.ExecutionId);
        context.Response.Headers.Location = self;
        return Answers.Json(
            new StartedAnswer(started.ExecutionId, ExecutionStatus.Pending, new ExecutionLinks(self, self + "/trace", self + "/events", self + "/cancel")),
            StatusCodes.Status202Accepted);
    }

    private static async Task<ApiException> UnknownAsync(string id, ScheduleStore store, CancellationToken cancellationToken) => ApiException.NotFound(
        "schedule_not_found", $"There is no schedule '{id}'.{NearMiss.HintOrList(id, (await store.ListAsync(cancellationToken)).Select(s => s.Id))}");
}
