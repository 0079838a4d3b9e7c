using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weft.Runtime.Queues;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.CrashHost;

/// <summary>What a soak found.</summary>
/// <param name="Kills">How often the process killed itself.</param>
/// <param name="Messages">How many messages were sent.</param>
/// <param name="Executions">How many executions there are.</param>
/// <param name="Faults">What must not be.</param>
public sealed record QueueSoakReport(int Kills, int Messages, int Executions, IReadOnlyList<string> Faults)
{
    public override string ToString() =>
        $"{Kills} kills, {Messages} messages, {Executions} executions, {Faults.Count} faults"
            + string.Concat(Faults.Take(50).Select(fault => Environment.NewLine + "  " + fault));
}

/// <summary>
/// Has the intake killed at random writes, between receive, start, record and settle, and checks that each message started exactly one
/// execution.
/// </summary>
public static class QueueSoak
{
    private const int NewMessagesARun = 3;

    // What a run with three messages writes; a later write is the end of the run, which is no kill.
    private const int LatestWrite = 45;

    public static async Task<QueueSoakReport> RunAsync(int kills, int seed, Action<string>? progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("weft-queue-crash-").FullName;
        try
        {
            var random = new Random(seed);
            var (killed, messages) = (0, 0);
            for (var run = 0; killed < kills; run++)
            {
                messages += NewMessagesARun;
                if (!await RunChildAsync(folder, messages, random.Next(1, LatestWrite), cancellationToken))
                {
                    killed++;
                }

                if (run % 100 == 99)
                {
                    progress?.Invoke($"{killed} kills, {messages} messages");
                }
            }

            if (!await RunChildAsync(folder, messages, 0, cancellationToken))
            {
                return new QueueSoakReport(killed, messages, 0, ["The last run, in which nothing was killed, did not end by itself."]);
            }

            return await CheckAsync(folder, killed, messages, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Whether it ended by itself.
    private static async Task<bool> RunChildAsync(string folder, int messages, int killAt, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(QueueSoak).Assembly.Location, "run", folder,
            messages.ToString(CultureInfo.InvariantCulture), killAt.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode switch
        {
            0 => true,
            137 => false, // SIGKILL
            var code => throw new InvalidOperationException($"The process ended with {code}: {errors}"),
        };
    }

    private static async Task<QueueSoakReport> CheckAsync(string folder, int kills, int messages, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        using var host = QueueWork.Build(folder, killAt: 0);
        var records = host.Services.GetRequiredService<ExecutionRecords>();
        var byMessage = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await records.ListAsync(new ExecutionQuery { Limit = 200, Cursor = cursor }, cancellationToken);
            foreach (var execution in page.Items)
            {
                var record = await records.FindAsync(execution.ExecutionId, cancellationToken);
                var message = (record?.Context as JsonObject)?["message_id"]?.GetValue<string>() ?? "none";
                if (!byMessage.TryGetValue(message, out var started))
                {
                    byMessage[message] = started = [];
                }

                started.Add(execution.ExecutionId);
                if (execution.Status != ExecutionStatus.Completed)
                {
                    faults.Add($"{execution.ExecutionId} of {message} is left {execution.Status}");
                }
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);

        for (var number = 0; number < messages; number++)
        {
            if (byMessage.GetValueOrDefault($"m{number}")?.Count is not 1 and var count)
            {
                faults.Add($"m{number} started {count ?? 0} executions");
            }
        }

        var queue = host.Services.GetRequiredService<LocalQueue>();
        faults.AddRange(
            (await queue.ListAsync("weft-start", 100, null, cancellationToken)).Items.Select(
                d => $"{d.MessageId} was put aside: {d.Description}"));
        return new QueueSoakReport(kills, messages, byMessage.Values.Sum(v => v.Count), faults);
    }
}
