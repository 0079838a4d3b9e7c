using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Runtime.Schedules;

namespace Weft.Runtime.Triggers;

/// <summary>Calls the scheduler where no timer trigger does: in the embedded server.</summary>
public sealed class SchedulerService(
    Scheduler scheduler, IOptions<ScheduleOptions> options, TimeProvider time, ILogger<SchedulerService> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.PassEveryMs), time);
        do
        {
            try
            {
                await scheduler.RunDueAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.PassFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
