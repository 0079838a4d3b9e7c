using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
        schedules.MapGet("", ListAsync).WithSummary("Lists the schedules, with their state and next tick.");
        schedules.MapGet("/{id}", GetAsync).WithSummary("Reads a schedule.");
        schedules.MapPut("/{id}", PutAsync)
            .WithSummary("Makes or changes a schedule. One whose workflow does not exist yet waits for it.").Takes<ScheduleRequest>();
        schedules.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a schedule.");
        schedules.MapPost("/{id}/trigger", TriggerAsync).WithSummary("Starts the schedule's workflow now, whatever its times say.");
    }

    private static async Task<Ok<ItemsAnswer<ScheduleView>>> ListAsync(Scheduler scheduler, CancellationToken cancellationToken) =>
        Answers.Items(await scheduler.ListAsync(cancellationToken));

    private static async Task<Ok<ScheduleView>> GetAsync(
        string id, ScheduleStore store, Scheduler scheduler, CancellationToken cancellationToken) =>
        TypedResults.Ok(await scheduler.ViewAsync(id, cancellationToken) ?? throw await UnknownAsync(id, store, cancellationToken));

    private static async Task<Results<Ok<ScheduleView>, Created<ScheduleView>>> PutAsync(
        string id, HttpContext context, ScheduleStore store, Scheduler scheduler, CancellationToken cancellationToken)
    {
        var request = ScheduleRequest.Read(await RequestBody.ReadAsync(context));
        var known = await store.FindAsync(id, cancellationToken);
        if (known is { Source: "workflow" })
        {
            throw new ApiException(
                "schedule_of_workflow", Fault.Conflict,
                $"The schedule '{id}' stands in the definition of workflow '{known.WorkflowId}'. Change it there, or make another under "
                + $"a name of its own.");
        }

        await store.PutAsync(request.ToRecord(id) with { CreatedAt = known?.CreatedAt ?? default }, cancellationToken);
        var view = await scheduler.ViewAsync(id, cancellationToken);
        return known is null ? TypedResults.Created((string?)null, view) : TypedResults.Ok(view);
    }

    private static async Task<NoContent> DeleteAsync(string id, ScheduleStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is { Source: "workflow" } own)
        {
            throw new ApiException(
                "schedule_of_workflow", Fault.Conflict,
                $"The schedule '{id}' stands in the definition of workflow '{own.WorkflowId}'. Take it out there, or set 'enabled: "
                + $"false'.");
        }

        return await store.DeleteAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : throw await UnknownAsync(id, store, cancellationToken);
    }

    private static async Task<Accepted<StartedAnswer>> TriggerAsync(
        string id, HttpContext context, ScheduleStore store, Scheduler scheduler, CancellationToken cancellationToken)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var started = await scheduler.TriggerAsync(id, key.Length == 0 ? null : key, cancellationToken)
            ?? throw await UnknownAsync(id, store, cancellationToken);
        var self = Answers.Link(context, "/executions/" + started.ExecutionId);
        var links = new ExecutionLinks(self, self + "/trace", self + "/events", self + "/cancel");
        return TypedResults.Accepted(self, new StartedAnswer(started.ExecutionId, ExecutionStatus.Pending, links));
    }

    private static async Task<ApiException> UnknownAsync(
        string id, ScheduleStore store, CancellationToken cancellationToken) => ApiException.NotFound(
        "schedule_not_found",
        $"There is no schedule '{id}'.{NearMiss.HintOrList(id, (await store.ListAsync(cancellationToken)).Select(s => s.Id))}");
}
