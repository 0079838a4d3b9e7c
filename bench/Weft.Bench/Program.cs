using System.Globalization;
using Weft.Bench;
using Weft.Bench.Engine;
using Weft.Bench.Language;
using Weft.Bench.Reports;
using Weft.Bench.Workflows;

// Children of the cold-start and crash workloads come back in here.
if (args is ["child", var verb, .. var rest])
{
    return await Children.RunAsync(verb, rest);
}

if (args is not ["engine" or "language", ..])
{
    Console.Error.WriteLine(
        "Usage: dotnet run -c Release --project bench/Weft.Bench -- engine|language [--only W3] [--level engine|workflow] [--runs 3] "
        + "[--json]");
    return 2;
}

var only = Option("--only");
var level = Option("--level");
var runs = int.Parse(Option("--runs") ?? "3", CultureInfo.InvariantCulture);
var workloads = (args[0] == "language" ? LanguageWorkloads.All : EngineWorkloads.All.Concat(WorkflowWorkloads.All))
    .Where(w => only is null || string.Equals(w.Id, only, StringComparison.OrdinalIgnoreCase))
    .Where(w => level is null || string.Equals(w.Level.ToString(), level, StringComparison.OrdinalIgnoreCase))
    .ToList();

var results = new List<Result>();
foreach (var workload in workloads)
{
    Console.Error.WriteLine($"{workload.Id} {workload.Level.ToString().ToLowerInvariant()}: {workload.Title} …");
    var measures = new List<Measure>();
    for (var i = 0; i < runs; i++)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        measures.Add(await workload.MeasureAsync(deadline.Token));
    }

    var sorted = measures.OrderBy(m => workload.LowerIsBetter ? m.Value : -m.Value).ToList();
    results.Add(new Result(workload, sorted[0].Value, sorted[sorted.Count / 2].Value, sorted[0].Note, sorted[0].Peer ?? workload.Peer));
}

if (args.Contains("--json"))
{
    ResultTable.WriteJson(results, Console.Out);
}
else
{
    ResultTable.Write(results, Console.Out);
}

return 0;

string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
