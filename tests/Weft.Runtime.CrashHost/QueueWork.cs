using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weft.Agents;
using Weft.Agents.Models;
using Weft.Agents.Storage;
using Weft.Agents.Tools;
using Weft.Embedded;
using Weft.Embedded.Engine;
using Weft.Runtime.Executions;
using Weft.Runtime.Queues;
using Weft.Runtime.Registry;
using Weft.Runtime.Triggers;
using Weft.Workflows;

namespace Weft.Runtime.CrashHost;

/// <summary>
/// The product's intake on a data folder: sends numbered messages, starts their workflows, and waits until all have told of their end.
/// </summary>
internal static class QueueWork
{
    public const string Replies = "weft-completed";

    private const string Workflow = """
        name: note
        workflow:
          nodes:
            - { id: note, transform: { seen: "{{ input.number }}" } }
        """;

    /// <summary>Sends messages up to a number and works until no message is left, or the process dies.</summary>
    public static async Task RunAsync(string folder, int messages, int killAt)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var cancellationToken = patience.Token;
        using var host = Build(folder, killAt);
        await host.StartAsync(cancellationToken);
        var services = host.Services;
        var put = await services.GetRequiredService<WorkflowRegistry>().PutAsync(Workflow, new PutWorkflowOptions(), cancellationToken);
        if (put.Version is null)
        {
            throw new InvalidOperationException(string.Join('\n', put.Diagnostics));
        }

        var queue = services.GetRequiredService<LocalQueue>();
        for (var number = 0; number < messages; number++)
        {
            var body = $$$"""{"workflow_id": "note", "input": {"number": {{{number}}}}, "reply_to": "{{{Replies}}}"}""";
            await queue.SendAsync("weft-start", $"m{number}", body, cancellationToken);
        }

        // A message that a killed process held comes back when its lock runs out; each start tells of its end.
        while (await RepliesAsync(queue, cancellationToken) < messages)
        {
            await services.GetRequiredService<CompletionMessages>().SendAllAsync(cancellationToken);
            await Task.Delay(20, cancellationToken);
        }

        await host.StopAsync(cancellationToken);
    }

    /// <summary>The product on a folder, with the store that kills.</summary>
    public static IHost Build(string folder, int killAt)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddEmbeddedEngine(o => o.DataFolder = folder);
        builder.Services.AddSingleton<IRecordStore>(s => new KillingStore(s.GetRequiredService<EmbeddedEngine>().Records, killAt));
        WeftOrchestrators.Register(r => builder.Services.AddSingleton(r));
        builder.Services.AddWeftAgents();
        builder.Services.AddWeftRuntime(rounds: false);
        builder.Services.AddLocalQueues();
        builder.Services.AddHostedService<LocalQueuePump>();
        builder.Services.Configure<QueueOptions>(o =>
        {
            o.LockDuration = TimeSpan.FromMilliseconds(300);
            o.MaxDeliveries = 100;
            o.DuplicateWindow = TimeSpan.FromHours(1);
        });
        return builder.Build();
    }

    private static async Task<int> RepliesAsync(LocalQueue queue, CancellationToken cancellationToken)
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var page = await queue.PeekAsync(Replies, 200, cursor, cancellationToken);
            count += page.Items.Count;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return count;
    }
}
