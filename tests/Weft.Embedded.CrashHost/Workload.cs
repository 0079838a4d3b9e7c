using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Storage;
using Weft.Embedded.Engine;
using Weft.Embedded.Replay;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Embedded.CrashHost;

/// <summary>Orchestrations of every kind, whose results are known beforehand, and activities that leave a trace.</summary>
/// <remarks>
/// The side log: <c>A id</c>, an instance whose start was acknowledged; <c>R id</c>, a record whose write was; <c>S id step</c> and
/// <c>F id step</c>, an activity that started and finished; <c>V id step</c>, an activity that ran although its completion was in the
/// history.
/// </remarks>
internal sealed class Workload(SideLog log, IReadOnlySet<(string Id, int Step)> acknowledged)
{
    public static readonly string[] Kinds = ["chain", "fan", "family", "loop", "talk"];

    private const int Live = 40;

    /// <summary>What an instance must answer in the end.</summary>
    public static int ResultOf(string kind) => kind switch
    {
        "chain" => 6,
        "fan" => 8,
        "family" => 6 + 6 + 1,
        "loop" => 4,
        _ => 2,
    };

    public static string KindOf(string id) => id[..id.IndexOf('-', StringComparison.Ordinal)];

    public static RowKey RecordOf(string id) => new("crash", KindOf(id), id);

    /// <summary>Makes the engine, and finds out what the history acknowledges before anything runs.</summary>
    public static async Task<EmbeddedEngine> OpenAsync(string folder, SideLog log, int maxWarm)
    {
        var acknowledged = new HashSet<(string, int)>();
        var workload = new Workload(log, acknowledged);
        var options = new EmbeddedEngineOptions
        {
            DataFolder = Path.Combine(folder, "data"),
            MaxWarmInstances = maxWarm,
            DrainTimeout = TimeSpan.FromSeconds(5),
        };
        var engine = new EmbeddedEngine(
            options, workload.Activities(), Orchestrators(), new ServiceCollection().BuildServiceProvider(), TimeProvider.System,
            NullLogger<EmbeddedEngine>.Instance);
        await foreach (var instance in AllAsync(engine.Client, new OrchestrationQuery { IncludeChildren = true, PageSize = 1000 }))
        {
            foreach (var entry in engine.ReadHistory(instance.InstanceId))
            {
                if (entry.Kind is HistoryEventKind.ActivityCompleted or HistoryEventKind.ActivityFailed)
                {
                    acknowledged.Add((instance.InstanceId, entry.Step));
                }

                // The steps of earlier generations are behind it.
                for (var step = 0; entry.Kind == HistoryEventKind.Started && step < entry.Step; step++)
                {
                    acknowledged.Add((instance.InstanceId, step));
                }
            }
        }

        return engine;
    }

    public static async Task RunUntilKilledAsync(string folder, TextWriter output)
    {
        using var log = new SideLog(SideLog.PathIn(folder));
        var next = SideLog.Read(SideLog.PathIn(folder)).Count(line => line[0] == "A");
        await using var engine = await OpenAsync(folder, log, maxWarm: 15);
        await engine.StartAsync(CancellationToken.None);
        await output.WriteLineAsync("ready");
        _ = TalkAsync(engine.Client, CancellationToken.None);
        while (true)
        {
            var live = await engine.Client.ListAsync(
                new OrchestrationQuery { Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Pending], PageSize = Live },
                CancellationToken.None);
            await Task.WhenAll(
                Enumerable.Range(0, Math.Max(1, Live - live.Items.Count)).Select(
                    _ => ScheduleAsync(engine, log, Interlocked.Increment(ref next))));
        }
    }

    /// <summary>Raises the event that the talking instances wait for, again and again: one is enough, and more do no harm.</summary>
    public static async Task TalkAsync(IOrchestrationClient client, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            var waiting = await client.ListAsync(
                new OrchestrationQuery { Name = "talk", Statuses = [OrchestrationStatus.Running], PageSize = 100 }, cancellationToken);
            foreach (var instance in waiting.Items)
            {
                await client.RaiseEventAsync(instance.InstanceId, "go", 1, cancellationToken);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    public static async IAsyncEnumerable<OrchestrationInstance> AllAsync(IOrchestrationClient client, OrchestrationQuery query)
    {
        do
        {
            var page = await client.ListAsync(query, CancellationToken.None);
            foreach (var instance in page.Items)
            {
                yield return instance;
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
    }

    private static async Task ScheduleAsync(EmbeddedEngine engine, SideLog log, int number)
    {
        var kind = Kinds[number % Kinds.Length];
        var id = string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");
        var startAt = number % 7 == 0 ? TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(15) : (DateTime?)null;
        await engine.Client.ScheduleAsync(kind, 0, new ScheduleOptions { InstanceId = id, StartAt = startAt }, CancellationToken.None);
        log.Write($"A {id}");
        await engine.Records.InsertAsync(RecordOf(id), $$"""{"id":"{{id}}"}""", CancellationToken.None);
        log.Write($"R {id}");
    }

    private List<ActivityRegistration> Activities() =>
    [
        ActivityRegistration.Of("step", _ => new Inline<int, int>((context, x) => StepAsync(context, x))),
        ActivityRegistration.Of("flaky", _ => new Inline<int, int>(async (context, x) =>
        {
            var result = await StepAsync(context, x);
            return context.CallId % 3 == 0 ? throw new WeftException("flaky", Fault.Unavailable, "Not this time.") : result;
        })),
    ];

    private static List<OrchestratorRegistration> Orchestrators() =>
    [
        OrchestratorRegistration.Of("chain", _ => new InlineOrchestrator(async context =>
        {
            var x = 0;
            for (var i = 0; i < 6; i++)
            {
                x = await context.CallActivityAsync<int>("step", x);
            }

            return x;
        })),
        OrchestratorRegistration.Of("fan", _ => new InlineOrchestrator(async context =>
            (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => context.CallActivityAsync<int>("step", 0)))).Sum())),
        OrchestratorRegistration.Of("family", _ => new InlineOrchestrator(async context =>
        {
            var first = context.CallSubOrchestrationAsync<int>("chain", 0);
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            var second = context.CallSubOrchestrationAsync<int>("chain", 0);
            var flaky = await context.CallActivityAsync<int>(
                "flaky", 0, new ActivityOptions { Retry = new RetryPolicy { MaxAttempts = 5, FirstDelay = TimeSpan.FromMilliseconds(2) } });
            return await first + await second + flaky;
        })),
        OrchestratorRegistration.Of("loop", _ => new InlineOrchestrator(async context =>
        {
            var x = await context.CallActivityAsync<int>("step", context.GetInput<int>());
            if (x < 4)
            {
                context.ContinueAsNew(x);
            }

            return x;
        })),
        OrchestratorRegistration.Of("talk", _ => new InlineOrchestrator(async context =>
        {
            var x = await context.CallActivityAsync<int>("step", 0);
            return x + await context.WaitForExternalEvent<int>("go");
        })),
    ];

    private async Task<int> StepAsync(ActivityContext context, int x)
    {
        if (acknowledged.Contains((context.InstanceId, context.CallId)))
        {
            log.Write($"V {context.InstanceId} {context.CallId}");
        }

        log.Write($"S {context.InstanceId} {context.CallId}");
        await Task.Yield();
        log.Write($"F {context.InstanceId} {context.CallId}");
        return x + 1;
    }

    private sealed class Inline<TInput, TOutput>(Func<ActivityContext, TInput, Task<TOutput>> run) : IActivity<TInput, TOutput>
    {
        public Task<TOutput> RunAsync(ActivityContext context, TInput input, CancellationToken cancellationToken) => run(context, input);
    }

    private sealed class InlineOrchestrator(Func<IOrchestrationContext, Task<int>> run) : IOrchestrator<int, int>
    {
        public Task<int> RunAsync(IOrchestrationContext context, int input) => run(context);
    }
}
