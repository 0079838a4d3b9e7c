using System.Globalization;
using Weft.Runtime.CrashHost;

// run FOLDER MESSAGES KILL_AT: sends and starts, and kills itself at that write. soak [--kills N] [--seed N]: does so again and again, and
// counts.
switch (args)
{
    case ["run", var folder, var messages, var killAt]:
        await QueueWork.RunAsync(folder, Number(messages), Number(killAt));
        return 0;
    case ["soak", .. var options]:
        var kills = Option(options, "--kills", 1000);
        var seed = Option(options, "--seed", Environment.TickCount);
        Console.WriteLine($"{kills} kills, seed {seed}");
        var report = await QueueSoak.RunAsync(kills, seed, Console.WriteLine, CancellationToken.None);
        Console.WriteLine(report);
        return report.Faults.Count == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: run FOLDER MESSAGES KILL_AT | soak [--kills N] [--seed N]");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Option(string[] options, string name, int fallback) =>
    Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? Number(options[at + 1]) : fallback;
