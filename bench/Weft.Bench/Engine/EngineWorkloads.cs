using System.Diagnostics;
using Weft.Bench.Workflows;

namespace Weft.Bench.Engine;

/// <summary>The workloads on the bare engine.</summary>
internal static class EngineWorkloads
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", Level.Engine, "a chain of 200 no-op activities", "ms per node", true, 0.80, ChainAsync),
        new("W2", Level.Engine, "1 activity, 1,000 at once, 1 activity", "ms", true, 529, FanAsync),
        new("W3", Level.Engine, "500 instances of a 5-activity chain, 50 at once", "executions/s", false, 500, ManyAsync),
        new("W4", Level.Engine, "a fresh process to its first result", "ms", true, 264, ColdStartAsync),
        new("W5", Level.Engine, "killed in a chain of 200, then resumed", "ms to the end", true, null, ResumeAsync),
        new("W6", Level.Engine, "3 activities, each an HTTP call of 20 ms", "executions/s", false, 298, HttpAsync),
    ];

    private static async Task<Measure> ChainAsync(CancellationToken cancellationToken)
    {
        await using var host = await EngineHost.StartAsync(cancellationToken);
        for (var i = 0; i < 20; i++)
        {
            await host.RunAsync(EngineHost.Chain, 200, cancellationToken);
        }

        return new Measure(await WorkflowWorkloads.BestMsAsync(10, () => host.RunAsync(EngineHost.Chain, 200, cancellationToken)) / 200);
    }

    private static async Task<Measure> FanAsync(CancellationToken cancellationToken)
    {
        await using var host = await EngineHost.StartAsync(cancellationToken);
        for (var i = 0; i < 10; i++)
        {
            await host.RunAsync(EngineHost.Fan, 1000, cancellationToken);
        }

        await CheckFanAsync(host, cancellationToken);
        var ran = EngineHost.ActivitiesRun;
        var best = await WorkflowWorkloads.BestMsAsync(10, () => host.RunAsync(EngineHost.Fan, 1000, cancellationToken));
        Require(EngineHost.ActivitiesRun - ran, 10 * 1002, "activities ran in 10 runs");
        return new Measure(best, "checked: 1,002 activities run and committed before the orchestrator sees them");
    }

    // A figure this small is worth a doubt: that every activity ran, and that the orchestrator saw no result before the file held it.
    private static async Task CheckFanAsync(EngineHost host, CancellationToken cancellationToken)
    {
        var ran = EngineHost.ActivitiesRun;
        await host.RunAsync(EngineHost.CheckedFan, 1000, cancellationToken, "checked");
        Require(EngineHost.ActivitiesRun - ran, 1002, "activities ran");
        Require(host.CommittedResults("checked"), 1002, "results are in the history");
    }

    private static void Require(int found, int expected, string what)
    {
        if (found != expected)
        {
            throw new InvalidOperationException($"{found} {what}, not {expected}: the figure would be worth nothing.");
        }
    }

    private static async Task<Measure> ManyAsync(CancellationToken cancellationToken)
    {
        await using var host = await EngineHost.StartAsync(cancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await WorkflowWorkloads.RateAsync(500, 50, () => host.RunAsync(EngineHost.Chain, 5, cancellationToken));
        }

        return await WorkflowWorkloads.RatedAsync(500, 50, () => host.RunAsync(EngineHost.Chain, 5, cancellationToken));
    }

    private static async Task<Measure> HttpAsync(CancellationToken cancellationToken)
    {
        await using var server = await AnsweringServer.StartAsync(TimeSpan.FromMilliseconds(20), cancellationToken);
        await using var host = await EngineHost.StartAsync(cancellationToken, server.Address);
        await WorkflowWorkloads.RateAsync(200, 50, () => host.RunAsync(EngineHost.Calls, 3, cancellationToken));
        return await WorkflowWorkloads.RatedAsync(200, 50, () => host.RunAsync(EngineHost.Calls, 3, cancellationToken));
    }

    private static async Task<Measure> ColdStartAsync(CancellationToken cancellationToken)
    {
        var (elapsed, output) = await Children.TimeAsync("engine-cold", [], cancellationToken);
        return new Measure(elapsed.TotalMilliseconds, $"peak RSS {output} MB");
    }

    private static async Task<Measure> ResumeAsync(CancellationToken cancellationToken) =>
        new((await Children.KillAndResumeAsync("engine-chain", cancellationToken)).TotalMilliseconds);
}

/// <summary>The children of the engine's workloads.</summary>
internal static class EngineChildren
{
    public static async Task<int> RunAsync(string verb, string[] args)
    {
        if (verb == "engine-cold")
        {
            await using var host = await EngineHost.StartAsync(CancellationToken.None);
            await host.RunAsync(EngineHost.Chain, 5, CancellationToken.None);
            Console.WriteLine(WorkflowWorkloads.Megabytes(Process.GetCurrentProcess().PeakWorkingSet64));
            return 0;
        }

        if (verb == "engine-chain")
        {
            var resume = args.Length > 1;
            await using var host = await EngineHost.StartAsync(CancellationToken.None, folder: args[0]);
            if (!resume)
            {
                var running = host.RunAsync(EngineHost.Chain, 2000, CancellationToken.None, "chain");
                await host.ReachedAsync(100);
                Console.WriteLine("in the middle");
                await running;
            }
            else
            {
                await host.WaitAsync("chain", CancellationToken.None);
                Console.WriteLine("done");
            }

            return 0;
        }

        Console.Error.WriteLine($"There is no child '{verb}'.");
        return 2;
    }
}
