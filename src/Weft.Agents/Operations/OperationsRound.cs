using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Queues;

namespace Weft.Agents.Operations;

/// <summary>What an operator would do now and then: tell who was not told, look for stuck executions, remove what is past its time.</summary>
/// <remarks>Each part is safe to repeat, and to do twice at once; one that fails does not keep the others from being done.</remarks>
public sealed class OperationsRound(StuckRuns stuck, Retention retention, TimeProvider clock, ILogger<OperationsRound> logger, IServiceProvider services)
{
    private static readonly TimeSpan RetentionEvery = TimeSpan.FromMinutes(10);

    private DateTimeOffset _retainAt;

    /// <summary>Makes one round.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<CompletionMessages>() is { } completions)
        {
            await TryAsync("completion messages", () => completions.SendAllAsync(cancellationToken));
        }

        await TryAsync("stuck executions", () => stuck.WatchAsync(cancellationToken));
        if (clock.GetUtcNow() >= _retainAt)
        {
            await TryAsync("retention", async () =>
            {
                var report = await retention.PurgeAsync(cancellationToken);
                _retainAt = report.IsWhole ? clock.GetUtcNow() + RetentionEvery : clock.GetUtcNow();
            });
        }
    }

    private async Task TryAsync(string part, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.RoundFailed(exception, part);
        }
    }
}

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

/// <summary>Registers operations.</summary>
public static class OperationsServiceCollectionExtensions
{
    /// <summary>Adds the round. The embedded server also adds <see cref="OperationsService"/>; on Azure a timer trigger calls <see cref="OperationsRound.RunAsync"/>.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(OperationsRound)))
        {
            return services;
        }

        services.AddOptionsWithValidateOnStart<OperationsOptions>().BindConfiguration(OperationsOptions.Section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<StuckRuns>();
        services.AddSingleton<Retention>();
        services.AddSingleton<OperationsRound>();
        return services;
    }
}
