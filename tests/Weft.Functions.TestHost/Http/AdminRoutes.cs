using Weft.Functions.TestHost.Worker;
using Weft.Functions.TestHost.Worker.Rpc;

namespace Weft.Functions.TestHost.Http;

/// <summary>What tests ask of the host itself.</summary>
internal static class AdminRoutes
{
    // What a timer trigger brings that is not late.
    private const string OnTime = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""";

    /// <summary>
    /// Maps <c>GET /admin/host</c>, which says what runs, and <c>POST /admin/functions/{name}</c>, which runs a timer's function now and
    /// answers when it has run. Timers never fire by themselves here.
    /// </summary>
    public static void Map(WebApplication app, WorkerPool workers, string durableClient)
    {
        app.MapGet("/admin/host", () => new
        {
            Host = Environment.ProcessId,
            Worker = workers.Pid,
            workers.Starts,
            workers.Invocations,
            DurableClient = durableClient,
        });
        app.MapPost("/admin/functions/{name}", async (string name) =>
        {
            if (workers.Functions.FirstOrDefault(f => f.Name == name && f.TriggerType == "timertrigger") is not { } function)
            {
                return Results.NotFound($"The app has no timer function '{name}'.");
            }

            await workers.InvokeAsync(function, InvocationRequests.For(function, new TypedData { Json = OnTime }, durableClient));
            return Results.Ok();
        });
    }
}
