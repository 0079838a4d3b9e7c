using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Executions;

/// <summary>
/// Finds executions that are listed as running and have ended: terminated from outside, or failed by the engine. Reading one records its
/// end.
/// </summary>
public sealed class ExecutionSweep(
    ExecutionRecords records, ExecutionService executions, IOptions<ExecutionOptions> options, TimeProvider clock,
    ILogger<ExecutionSweep> logger)
    : BackgroundService
{
    private static readonly ExecutionStatus[] Open = [ExecutionStatus.Running, ExecutionStatus.Paused];

    /// <summary>Sweeps once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // What began just now is not worth a look; a busy store would be read over and over.
        var before = clock.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(options.Value.SweepSeconds);
        foreach (var status in Open)
        {
            var query = new ExecutionQuery { Status = status, To = before, Limit = 200 };
            await foreach (var open in records.ListAllAsync(query, cancellationToken))
            {
                await executions.FindAsync(open.ExecutionId, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SweepSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.SweepFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
