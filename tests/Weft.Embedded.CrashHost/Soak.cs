using System.Diagnostics;
using Weft.Embedded.Engine;
using Weft.Workflows.Durable;

namespace Weft.Embedded.CrashHost;

/// <summary>What a soak found.</summary>
/// <param name="Kills">How often the process was killed.</param>
/// <param name="Instances">Instances whose start was acknowledged.</param>
/// <param name="ActivityRuns">Activities that started.</param>
/// <param name="Repeats">Activities that ran more than once, because the kill came before their completion was committed.</param>
/// <param name="Faults">What must not be.</param>
public sealed record SoakReport(int Kills, int Instances, int ActivityRuns, int Repeats, IReadOnlyList<string> Faults)
{
    public override string ToString() =>
        $"{Kills} kills, {Instances} instances, {ActivityRuns} activity runs, {Repeats} repeated before they were acknowledged, "
        + $"{Faults.Count} faults"
        + string.Concat(Faults.Take(50).Select(fault => Environment.NewLine + "  " + fault));
}

/// <summary>
/// Kills a working process again and again, at random moments, and checks in the end that nothing was lost, stuck, or done again.
/// </summary>
public static class Soak
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<SoakReport> RunAsync(int kills, int seed, Action<string>? progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("weft-crash-").FullName;
        try
        {
            var random = new Random(seed);
            for (var kill = 1; kill <= kills; kill++)
            {
                await RunAndKillAsync(folder, TimeSpan.FromMilliseconds(random.Next(0, 120)), cancellationToken);
                if (kill % 100 == 0)
                {
                    progress?.Invoke($"{kill} kills");
                }
            }

            return await CheckAsync(folder, kills, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAndKillAsync(string folder, TimeSpan life, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(Soak).Assembly.Location);
        start.ArgumentList.Add("run");
        start.ArgumentList.Add(folder);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            if (await process.StandardOutput.ReadLineAsync(patience.Token) is not "ready")
            {
                throw new InvalidOperationException("The process ended before it was ready.");
            }

            // The kill is to come at any moment of the work.
            await Task.Delay(life, cancellationToken);
        }
        finally
        {
            // SIGKILL on Unix.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<SoakReport> CheckAsync(string folder, int kills, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var path = SideLog.PathIn(folder);
        var lines = SideLog.Read(path);
        var started = lines.Where(line => line[0] == "A").Select(line => line[1]).ToList();
        using (var log = new SideLog(path))
        {
            await using var engine = await Workload.OpenAsync(folder, log, maxWarm: 1000);
            await engine.StartAsync(cancellationToken);
            using var talking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var talk = Workload.TalkAsync(engine.Client, talking.Token);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            var unacknowledged = new List<string>();
            await foreach (var instance in Workload.AllAsync(engine.Client, new OrchestrationQuery()))
            {
                unacknowledged.Add(instance.InstanceId);
            }

            // A start that was committed and not answered before the kill counts as well.
            foreach (var id in started.Union(unacknowledged, StringComparer.Ordinal))
            {
                faults.AddRange(await FaultOfAsync(engine.Client, id, patience.Token));
            }

            await foreach (var instance in Workload.AllAsync(engine.Client, new OrchestrationQuery { IncludeChildren = true }))
            {
                if (!instance.HasEnded && instance.ParentInstanceId is not null)
                {
                    faults.Add($"child {instance.InstanceId} is left {instance.Status}");
                }
            }

            foreach (var id in lines.Where(line => line[0] == "R").Select(line => line[1]))
            {
                if (await engine.Records.ReadAsync(Workload.RecordOf(id), cancellationToken) is null)
                {
                    faults.Add($"the record of {id} is lost");
                }
            }

            await talking.CancelAsync();
            await talk.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        lines = SideLog.Read(path);
        faults.AddRange(
            lines.Where(line => line[0] == "V").Select(line => $"{line[1]} ran step {line[2]} again, whose completion was acknowledged"));
        var runs = lines.Where(line => line[0] == "S").GroupBy(line => (line[1], line[2])).ToList();
        return new SoakReport(kills, started.Count, runs.Sum(run => run.Count()), runs.Count(run => run.Count() > 1), faults);
    }

    private static async Task<IEnumerable<string>> FaultOfAsync(IOrchestrationClient client, string id, CancellationToken patience)
    {
        try
        {
            var ended = await client.WaitForCompletionAsync(id, patience);
            var expected = Workload.ResultOf(Workload.KindOf(id));
            return ended.Status == OrchestrationStatus.Completed && ended.Output!.GetValue<int>() == expected
                ? []
                : [$"{id} ended {ended.Status} with {ended.Output} ({ended.Failure}) instead of {expected}"];
        }
        catch (InstanceNotFoundException)
        {
            return [$"{id} is lost"];
        }
        catch (OperationCanceledException)
        {
            return [$"{id} is stuck: {(await client.GetAsync(id, CancellationToken.None))?.Status}"];
        }
    }
}
