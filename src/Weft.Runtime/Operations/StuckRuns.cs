using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Language.Definitions;
using Weft.Runtime.Executions;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Operations;

/// <summary>Finds executions that should have made progress and did not. A paused one is held on purpose, and is none.</summary>
public sealed class StuckRuns(
    ExecutionRecords records,
    WorkflowRegistry workflows,
    IOrchestrationClient client,
    OperationsMetrics metrics,
    IOptions<OperationsOptions> options,
    TimeProvider clock,
    ILogger<StuckRuns> logger)
{
    // A round that looks at more would be a load of its own; the oldest are looked at by the next ones once some have ended.
    private const int MostLookedAt = 5_000;

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Looks at every running execution.</summary>
    /// <returns>Those that are stuck, newest start first.</returns>
    public async Task<IReadOnlyList<StuckRun>> FindAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var stuck = new List<StuckRun>();
        var before = now - TimeSpan.FromMinutes(options.Value.IdleMinutes);
        await foreach (var id in OpenAsync(before, cancellationToken))
        {
            if (await client.GetAsync(id, cancellationToken) is { HasEnded: false, Status: not OrchestrationStatus.Suspended } instance
                && await JudgeAsync(instance, now, cancellationToken) is { } run)
            {
                stuck.Add(run);
            }
        }

        return stuck;
    }

    /// <summary>Looks, counts for the metric, and logs each execution once while it is stuck.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        var stuck = await FindAsync(cancellationToken);
        metrics.SetStuck(stuck);
        _told.IntersectWith(stuck.Select(s => s.ExecutionId));
        foreach (var run in stuck.Where(s => _told.Add(s.ExecutionId)))
        {
            logger.ExecutionStuck(run.ExecutionId, run.WorkflowId, run.Reason, run.LastProgressAt, run.Detail);
        }
    }

    // Those that have begun are in the records; those that never got so far only the engine knows.
    private async IAsyncEnumerable<string> OpenAsync(
        DateTime before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new ExecutionQuery { Status = ExecutionStatus.Running, To = before, Limit = 200 };
        await foreach (var open in records.ListAllAsync(running, cancellationToken).Take(MostLookedAt).WithCancellation(cancellationToken))
        {
            yield return open.ExecutionId;
        }

        var pending = await client.ListAsync(
            new OrchestrationQuery
            {
                Name = StepNames.RunWorkflow,
                Statuses = [OrchestrationStatus.Pending],
                CreatedTo = before,
                IncludeChildren = true,
            },
            cancellationToken);
        foreach (var instance in pending.Items)
        {
            yield return instance.InstanceId;
        }
    }

    private async Task<StuckRun?> JudgeAsync(OrchestrationInstance instance, DateTime now, CancellationToken cancellationToken)
    {
        var (reason, limit, nodes, detail) = await ExpectAsync(instance, now, cancellationToken);
        if (now - instance.LastUpdatedAt <= limit)
        {
            return null;
        }

        // What it runs as instances of their own (agents, workflows, groups) may be busy while it waits for them.
        var last = instance.LastUpdatedAt;
        var children = await client.ListAsync(
            new OrchestrationQuery { InstanceIdPrefix = instance.InstanceId + ":", IncludeChildren = true, PageSize = 200 },
            cancellationToken);
        foreach (var child in children.Items)
        {
            last = child.LastUpdatedAt > last ? child.LastUpdatedAt : last;
        }

        var run = ExecutionDocuments.RunOf(instance);
        return now - last <= limit ? null : new StuckRun(
            instance.InstanceId, run?.WorkflowId ?? instance.Tags.GetValueOrDefault("workflow_id", ""), reason, nodes, last, detail);
    }

    private async Task<(StuckReason Reason, TimeSpan Limit, IReadOnlyList<string> Nodes, string Detail)> ExpectAsync(
        OrchestrationInstance instance, DateTime now, CancellationToken cancellationToken)
    {
        var idle = TimeSpan.FromMinutes(options.Value.IdleMinutes);
        if (instance.Status == OrchestrationStatus.Pending)
        {
            return (StuckReason.NotStarted, idle, [],
                "The engine has not taken it up. Is the host that works on this task hub or data folder running, or is it short of "
                + "workers?");
        }

        var progress = ExecutionDocuments.ProgressOf(instance) ?? new ExecutionProgress();
        if (progress.Waiting is [var first, ..])
        {
            var patience = TimeSpan.FromHours(options.Value.WaitingHours);
            if (first.Until is { } until && until < now)
            {
                return (StuckReason.WaitingForSignal, idle, Ids(progress.Waiting.Select(w => w.NodeId)),
                    $"Node '{first.NodeId}' waited for the signal '{first.Signal}' until {until:u}, and that time has passed without "
                    + $"effect.");
            }

            return (StuckReason.WaitingForSignal, patience, Ids(progress.Waiting.Select(w => w.NodeId)),
                $"Node '{first.NodeId}' waits for the signal '{first.Signal}'. Send it to POST "
                + $"/executions/{instance.InstanceId}/signals, or cancel the execution.");
        }

        if (progress.Running.Count > 0)
        {
            var limit = await StepLimitAsync(instance, progress.Running, cancellationToken);
            return (StuckReason.StepRunningLong, limit, progress.Running,
                $"Node '{progress.Running[0]}' runs without progress for more than {limit.TotalMinutes:0.#} minutes. Look at its calls "
                + $"in the trace; its provider or tool may hang.");
        }

        return (StuckReason.NothingScheduled, idle, [],
            "No step runs, and nothing is waited for. Cancel it and run it again from the node that ended last; the log may say what "
            + "failed.");
    }

    private async Task<TimeSpan> StepLimitAsync(
        OrchestrationInstance instance, IReadOnlyList<string> running, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromMinutes(options.Value.StepMinutes);
        var record = await records.FindAsync(instance.InstanceId, cancellationToken);
        if (record is not { ContentHash.Length: > 0 }
            || await workflows.GetAsync(record.ContentHash, cancellationToken) is not { } definition)
        {
            return limit;
        }

        foreach (var timeout in Policies(definition).Where(p => running.Contains(p.Id, StringComparer.Ordinal)).Select(
            p => p.Policy.Timeout ?? p.Policy.AttemptTimeout ?? definition.Defaults.Timeout))
        {
            // Its own limit ends it; the grace is the engine's.
            limit = timeout is { } own && own + TimeSpan.FromMinutes(1) > limit ? own + TimeSpan.FromMinutes(1) : limit;
        }

        return limit;
    }

    private static IEnumerable<(string Id, StepPolicy Policy)> Policies(WorkflowDefinition definition) => definition.Body switch
    {
        GraphBody graph => graph.Nodes.Select(n => (n.Id, n.Policy)),
        SequenceBody sequence => TaskTree.Of(sequence.Tasks).Select(t => (t.Id, t.Policy)),
        _ => [],
    };

    private static IReadOnlyList<string> Ids(IEnumerable<string> ids) => [.. ids.Distinct(StringComparer.Ordinal)];
}
