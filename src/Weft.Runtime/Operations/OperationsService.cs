using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Weft.Runtime.Operations;

/// <summary>Makes the rounds where no timer trigger does: in the embedded server.</summary>
public sealed class OperationsService(OperationsRound round, IOptions<OperationsOptions> options, TimeProvider clock) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RoundSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await round.RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
