using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Costs;
using Weft.Agents.Models.Records;
using Weft.Agents.Payloads;
using Weft.Agents.Tools.Records;
using Weft.Runtime.Queues;
using Weft.Runtime.Records;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Operations;

/// <summary>
/// Removes what ended longer ago than it is kept, a bounded part at a time. Each step may be repeated, so that a crash costs nothing.
/// </summary>
public sealed class Retention(
    ExecutionRecords records,
    ToolCallRecords toolCalls,
    ModelCallRecords modelCalls,
    IdempotencyKeys idempotency,
    OrphanedInstances orphans,
    IEnumerable<LocalQueue> queues,
    ContextStore contexts,
    CostReport costs,
    OperationsMetrics metrics,
    IOrchestrationClient client,
    IOptions<RetentionOptions> options,
    TimeProvider clock,
    ILogger<Retention> logger)
{
    // Payloads are shared between executions, direct calls and caches: they stay for a while whatever the setting.
    private static readonly TimeSpan PayloadsAtLeast = TimeSpan.FromDays(30);

    // The monthly costs read the calls of the last 31 days.
    private static readonly TimeSpan CallsAtLeast = TimeSpan.FromDays(32);
    private const int DaysLookedBack = 40;

    private int _turn;

    /// <summary>Makes one pass.</summary>
    public async Task<PurgeReport> PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await idempotency.ForgetAsync(_turn, cancellationToken);
        if (options.Value.Days == 0)
        {
            _turn++;
            return new PurgeReport(0, 0, true);
        }

        var kept = TimeSpan.FromDays(options.Value.Days);
        var cutoff = now - kept;
        var (purged, isWhole, oldest) = await PurgeExecutionsAsync(cutoff, cancellationToken);
        if (isWhole)
        {
            await orphans.PurgeAsync(cutoff, options.Value.BatchSize, cancellationToken);
        }

        foreach (var queue in queues)
        {
            await queue.PurgeAsync(cutoff, options.Value.BatchSize, cancellationToken);
        }

        // One day and one bucket a pass: the round comes by often enough.
        var callsUntil = now - (kept > CallsAtLeast ? kept : CallsAtLeast);
        await PurgeCallsAsync(callsUntil.Date.AddDays(-1 - (_turn % DaysLookedBack)), cancellationToken);
        var payloads = 0;
        if (isWhole)
        {
            // What an execution refers to was touched when it began, and again at its end: older than every one that is left, it is
            // nobody's.
            var unused = now - (kept > PayloadsAtLeast ? kept : PayloadsAtLeast);
            payloads = await contexts.PurgeAsync(
                (oldest < unused ? oldest : unused) - TimeSpan.FromDays(2), _turn, options.Value.BatchSize, cancellationToken);
        }

        _turn++;
        if (purged + payloads > 0)
        {
            metrics.Purged(purged);
            logger.Purged(purged, cutoff, payloads);
        }

        return new PurgeReport(purged, payloads, isWhole);
    }

    private async Task<(int Purged, bool IsWhole, DateTime Oldest)> PurgeExecutionsAsync(
        DateTime cutoff, CancellationToken cancellationToken)
    {
        var (purged, oldest) = (0, cutoff);
        var query = new ExecutionQuery { To = cutoff, Limit = 200 };
        await foreach (var execution in records.ListAllAsync(query, cancellationToken))
        {
            if (!execution.HasEnded() || (execution.CompletedAt ?? execution.StartedAt) >= cutoff)
            {
                oldest = execution.StartedAt < oldest ? execution.StartedAt : oldest;
                continue;
            }

            if (purged == options.Value.BatchSize)
            {
                return (purged, false, oldest);
            }

            await PurgeAsync(execution, cancellationToken);
            purged++;
        }

        return (purged, true, oldest);
    }

    // The record last: as long as it is there, the rest is found again.
    private async Task PurgeAsync(ExecutionSummary execution, CancellationToken cancellationToken)
    {
        await client.PurgeAsync(execution.ExecutionId, cancellationToken);
        await toolCalls.DeleteAsync(execution.ExecutionId, DateTime.MaxValue, cancellationToken);
        await modelCalls.DeleteAsync(execution.ExecutionId, cancellationToken);
        await records.DeleteAsync(execution, cancellationToken);
    }

    private async Task PurgeCallsAsync(DateTime day, CancellationToken cancellationToken)
    {
        if (await modelCalls.HasDayAsync(day, cancellationToken))
        {
            await costs.KeepDayAsync(day, cancellationToken);
            await modelCalls.DeleteDayAsync(day, cancellationToken);
        }
    }
}
