using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weft.Runtime.Records;

namespace Weft.Runtime.Cards;

/// <summary>Counts the agents' node runs of the last 24 hours, once a minute, and tells the registry.</summary>
public sealed class AgentHealthMonitor(
    AgentRegistry agents, ExecutionRecords executions, TimeProvider clock, ILogger<AgentHealthMonitor> logger) : BackgroundService
{
    /// <summary>The time between two counts: 60 seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    // A rate over the newest runs is as good as one over all, and a count must stay cheap on a busy store.
    private const int MostRunsPerBucket = 1_000;

    /// <summary>Counts now.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await agents.RefreshAsync(cancellationToken);
        var runs = await executions.NodeRunsAsync(now - AgentHealth.Window, MostRunsPerBucket, cancellationToken);
        agents.Observe(AgentHealth.Count(runs, now));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                try
                {
                    await CheckAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.HealthCheckFailed(exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
