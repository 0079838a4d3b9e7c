using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;

namespace Weft.Extending.Tests.Routes;

/// <summary>How the last executions of a workflow ended.</summary>
public static class SuccessEndpoints
{
    public static void MapSuccess(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/workflows/{workflowId}/success", ReadAsync)
            .WithTags("Workflows").WithSummary("How the last hundred executions of a workflow ended.");

    private static async Task<Ok<SuccessAnswer>> ReadAsync(
        string workflowId, WorkflowRegistry workflows, ExecutionRecords executions, CancellationToken cancellationToken)
    {
        if (await workflows.FindAsync(workflowId, cancellationToken) is null)
        {
            throw await workflows.UnknownAsync(workflowId, cancellationToken); // 404, with a near miss
        }

        var last = await executions.ListAsync(new ExecutionQuery { WorkflowId = workflowId, Limit = 100 }, cancellationToken);
        var ended = last.Items.Where(x => x.HasEnded()).ToList();
        return TypedResults.Ok(new SuccessAnswer(ended.Count, ended.Count(x => x.Status == ExecutionStatus.Completed)));
    }
}
