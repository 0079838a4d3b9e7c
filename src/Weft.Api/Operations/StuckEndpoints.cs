using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Runtime.Operations;

namespace Weft.Api.Operations;

/// <summary>What an operator should look at.</summary>
internal static class StuckEndpoints
{
    public static void MapStuck(this IEndpointRouteBuilder api) =>
        api.MapGet("/operations/stuck", ListAsync).WithTags("Operations")
            .WithSummary("Lists the executions that should have made progress and did not, each with the reason.");

    private static async Task<Ok<ItemsAnswer<StuckRun>>> ListAsync(StuckRuns stuck, CancellationToken cancellationToken) =>
        Answers.Items(await stuck.FindAsync(cancellationToken));
}
