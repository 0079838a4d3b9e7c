using Microsoft.Extensions.Logging;
using Weft.Runtime.Queues;

namespace Weft.Runtime.Operations;

/// <summary>
/// What an operator would do now and then: tell who was not told, look for stuck executions, remove what is past its time.
/// </summary>
/// <remarks>Each part is safe to repeat, and to do twice at once; one that fails does not keep the others from being done.</remarks>
public sealed class OperationsRound(
    CompletionMessages completions, StuckRuns stuck, Retention retention, TimeProvider clock, ILogger<OperationsRound> logger)
{
    private static readonly TimeSpan RetentionEvery = TimeSpan.FromMinutes(10);

    private DateTimeOffset _retainAt;

    /// <summary>Makes one round.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync("completion messages", () => completions.SendAllAsync(cancellationToken));
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
