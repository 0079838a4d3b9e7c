using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Tools.Records;

namespace Weft.Agents.Tools;

/// <summary>Removes uses and direct calls that are past their time, once an hour.</summary>
internal sealed class ToolRetention(
    ToolUsageRecords usage, ToolCallRecords calls, IOptions<ToolOptions> options, TimeProvider time, ILogger<ToolRetention> logger)
    : BackgroundService
{
    /// <summary>How far back hours are looked at that a stopped host may have left.</summary>
    private const int HoursBack = 24 * 14;

    /// <summary>Removes what is past its time now.</summary>
    internal async Task SweepAsync(int hoursBack, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        for (var hour = 1; hour <= hoursBack; hour++)
        {
            await usage.DeleteHourAsync(now - options.Value.UsageRetention - TimeSpan.FromHours(hour), cancellationToken);
        }

        for (var bucket = 0; bucket < DirectToolCalls.Buckets; bucket++)
        {
            await calls.DeleteAsync(DirectToolCalls.BucketName(bucket), now - options.Value.DirectCallRetention, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        var hoursBack = HoursBack;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await SweepAsync(hoursBack, stoppingToken);
                    hoursBack = 3;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    logger.RetentionFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
