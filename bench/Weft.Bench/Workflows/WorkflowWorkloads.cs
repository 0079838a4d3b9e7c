using System.Diagnostics;
using System.Globalization;

namespace Weft.Bench.Workflows;

/// <summary>The workloads through the whole product.</summary>
internal static class WorkflowWorkloads
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", Level.Workflow, "a chain of 200 nodes, one execution", "ms per node", true, 0.80, ChainAsync),
        new("W2", Level.Workflow, "1 node, 1,000 at once, 1 node", "ms", true, 529, FanAsync),
        new("W3", Level.Workflow, "500 executions of a 5-node chain, 50 at once", "executions/s", false, 500, ManyAsync),
        new("W4", Level.Workflow, "a fresh process to its first result", "ms", true, 264, ColdStartAsync),
        new("W5", Level.Workflow, "killed in a chain, then resumed", "ms to the end", true, null, ResumeAsync),
        new("W6", Level.Workflow, "classify, 1 of 3, assemble; models answer in 20 ms", "executions/s", false, 298, ClassifyAsync),
    ];

    private static async Task<Measure> ChainAsync(CancellationToken cancellationToken)
    {
        await using var host = await ProductHost.StartAsync(cancellationToken);
        var id = await host.PutAsync(Definitions.Chain(200), cancellationToken);
        await WarmAsync(host, id, cancellationToken);
        return new Measure(await BestMsAsync(5, () => host.RunAsync(id, cancellationToken)) / 200);
    }

    private static async Task<Measure> FanAsync(CancellationToken cancellationToken)
    {
        await using var host = await ProductHost.StartAsync(cancellationToken);
        var id = await host.PutAsync(Definitions.Fan(1000), cancellationToken);
        await WarmAsync(host, id, cancellationToken);
        return new Measure(await BestMsAsync(5, () => host.RunAsync(id, cancellationToken)));
    }

    private static async Task<Measure> ManyAsync(CancellationToken cancellationToken)
    {
        await using var host = await ProductHost.StartAsync(cancellationToken);
        var id = await host.PutAsync(Definitions.Chain(5), cancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await RateAsync(500, 50, () => host.RunAsync(id, cancellationToken));
        }

        return await RatedAsync(500, 50, () => host.RunAsync(id, cancellationToken));
    }

    private static async Task<Measure> ClassifyAsync(CancellationToken cancellationToken)
    {
        await using var server = await AnsweringServer.StartAsync(TimeSpan.FromMilliseconds(20), cancellationToken);
        Environment.SetEnvironmentVariable("OPENAI_API_KEY", "bench");
        Environment.SetEnvironmentVariable("OPENAI_BASE_URL", new Uri(server.Address, "v1").ToString());
        await using var host = await ProductHost.StartAsync(cancellationToken);
        var id = await host.PutAsync(Definitions.Classify, cancellationToken);
        await RateAsync(200, 50, () => host.RunAsync(id, cancellationToken));
        return await RatedAsync(200, 50, () => host.RunAsync(id, cancellationToken));
    }

    private static async Task<Measure> ColdStartAsync(CancellationToken cancellationToken)
    {
        var (elapsed, output) = await Children.TimeAsync("workflow-cold", [], cancellationToken);
        return new Measure(elapsed.TotalMilliseconds, $"peak RSS {output} MB");
    }

    private static async Task<Measure> ResumeAsync(CancellationToken cancellationToken)
    {
        var elapsed = await Children.KillAndResumeAsync("workflow-chain", cancellationToken);
        return new Measure(elapsed.TotalMilliseconds, "from the start of the second process, what it had finished not repeated");
    }

    internal static async Task WarmAsync(ProductHost host, string id, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 10; i++)
        {
            await host.RunAsync(id, cancellationToken);
        }
    }

    internal static async Task<double> BestMsAsync(int times, Func<Task> runAsync)
    {
        var best = double.MaxValue;
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await runAsync();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }

    /// <summary>How many a second, so many at once.</summary>
    internal static async Task<double> RateAsync(int count, int atOnce, Func<Task> runAsync)
    {
        var started = Stopwatch.GetTimestamp();
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await runAsync();
            }
        })));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>How many a second, with what each takes of the processor: that figure says little of who else uses the machine.</summary>
    internal static async Task<Measure> RatedAsync(int count, int atOnce, Func<Task> runAsync)
    {
        var before = Environment.CpuUsage.TotalTime;
        var rate = await RateAsync(count, atOnce, runAsync);
        var each = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / count;
        return new Measure(rate, string.Create(CultureInfo.InvariantCulture, $"{each:0.00} ms of processor time each"));
    }

    internal static string Megabytes(long bytes) => (bytes / 1024.0 / 1024.0).ToString("0", CultureInfo.InvariantCulture);
}
