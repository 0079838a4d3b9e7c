using System.Diagnostics;
using System.Text.Json.Nodes;
using Weft.Bench.Engine;
using Weft.Bench.Workflows;
using Weft.Cli.Hosting;
using Weft.Runtime.Executions;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Bench;

/// <summary>Processes of their own, for what only a fresh or a dying process shows.</summary>
internal static class Children
{
    /// <summary>The child's side.</summary>
    public static async Task<int> RunAsync(string verb, string[] args)
    {
        switch (verb)
        {
            case "workflow-cold":
                await using (var host = await ProductHost.StartAsync(CancellationToken.None))
                {
                    await host.RunAsync(await host.PutAsync(Definitions.Chain(5), CancellationToken.None), CancellationToken.None);
                    Console.WriteLine(WorkflowWorkloads.Megabytes(Process.GetCurrentProcess().PeakWorkingSet64));
                }

                return 0;
            case "workflow-chain":
                return await ChainAsync(args[0], resume: args.Length > 1);
            default:
                return await EngineChildren.RunAsync(verb, args);
        }
    }

    /// <summary>Times a child from its start to its first line.</summary>
    public static async Task<(TimeSpan Elapsed, string Output)> TimeAsync(string verb, string[] args, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var child = Start(verb, args);
        var line = await child.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The child '{verb}' said nothing.");
        var elapsed = Stopwatch.GetElapsedTime(started);
        await child.WaitForExitAsync(cancellationToken);
        return (elapsed, line);
    }

    /// <summary>Starts a child on a folder, kills it once it says that it is in the middle, and times a second one to the end.</summary>
    public static async Task<TimeSpan> KillAndResumeAsync(string verb, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("weft-bench-").FullName;
        try
        {
            using (var first = Start(verb, [folder]))
            {
                await first.StandardOutput.ReadLineAsync(cancellationToken);
                first.Kill();
                await first.WaitForExitAsync(cancellationToken);
            }

            return (await TimeAsync(verb, [folder, "resume"], cancellationToken)).Elapsed;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static Process Start(string verb, string[] args)
    {
        // "dotnet run" starts the program's own host, "dotnet Weft.Bench.dll" the shared one, which has to be told what to run.
        var path = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(path) == "dotnet" ? ["exec", typeof(Children).Assembly.Location] : [];
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in program.Concat(["child", verb]).Concat(args))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    // A chain with a pause in its middle, told on standard output; the second process finds it there.
    private static async Task<int> ChainAsync(string folder, bool resume)
    {
        await using var host = await LocalHost.StartAsync(new HostSettings { DataFolder = folder }, CancellationToken.None);
        var executions = host.Get<ExecutionService>();
        if (!resume)
        {
            var yaml = """
                name: paused
                tasks:
                  - { id: before, type: basic, with: { step: 1 } }
                  - { id: pause, type: basic, sleep: 300ms, with: { step: 2 } }
                  - { id: after, type: basic, with: { step: 3 } }
                """;
            await host.Get<WorkflowRegistry>().PutAsync(yaml, new PutWorkflowOptions(), CancellationToken.None);
            var started = await host.Get<ExecutionStarter>().StartAsync(
                new StartExecution("paused", new JsonObject(), new JsonObject()), CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(folder, "execution"), started.ExecutionId);
            await foreach (var instance in host.Get<IOrchestrationClient>().WatchAsync(started.ExecutionId, CancellationToken.None))
            {
                if (instance.CustomStatus is not null)
                {
                    break;
                }
            }

            Console.WriteLine("in the middle");
            await Task.Delay(Timeout.Infinite);
        }

        var id = await File.ReadAllTextAsync(Path.Combine(folder, "execution"));
        var ended = await executions.WaitAsync(id, TimeSpan.FromMinutes(1), CancellationToken.None);
        Console.WriteLine(ended.Status);
        return 0;
    }
}
