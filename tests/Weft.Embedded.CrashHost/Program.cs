using System.Globalization;
using Weft.Embedded.CrashHost;

// run FOLDER: works until it is killed. soak [--kills N] [--seed N]: kills such processes, and checks what is left.
switch (args)
{
    case ["run", var folder]:
        await Workload.RunUntilKilledAsync(folder, new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        return 0;
    case ["soak", .. var options]:
        var kills = Option(options, "--kills", 1000);
        var seed = Option(options, "--seed", Environment.TickCount);
        Console.WriteLine($"{kills} kills, seed {seed}");
        var report = await Soak.RunAsync(kills, seed, Console.WriteLine, CancellationToken.None);
        Console.WriteLine(report);
        return report.Faults.Count == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: run FOLDER | soak [--kills N] [--seed N]");
        return 2;
}

static int Option(string[] options, string name, int fallback) =>
    Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length
        ? int.Parse(options[at + 1], CultureInfo.InvariantCulture)
        : fallback;
