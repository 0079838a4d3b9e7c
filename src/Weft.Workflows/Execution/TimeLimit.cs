using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>Races work against a durable timer.</summary>
internal static class TimeLimit
{
    /// <summary>Runs the work; when its time is up, tells it to give up and waits until it has.</summary>
    /// <param name="context">Makes the timer.</param>
    /// <param name="limit">The time; null: no limit.</param>
    /// <param name="work">The work; it ends with <see cref="OperationCanceledException"/> or a last result when it is told to give
    /// up.</param>
    /// <param name="cancellationToken">Gives up from outside.</param>
    /// <returns>Whether the time was up, and what the work came to, as far as it did.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<(bool TimedOut, T? Result)> RunAsync<T>(
        IOrchestrationContext context, TimeSpan? limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        where T : class
    {
        if (limit is not { } time)
        {
            return (false, await work(cancellationToken));
        }

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(giveUp.Token);
        if (running.IsCompleted)
        {
            return (false, await running);
        }

        await Task.WhenAny(running, context.CreateTimer(time, done.Token));
        if (running.IsCompleted || cancellationToken.IsCancellationRequested)
        {
            done.CancelNow();
            return (false, await running);
        }

        giveUp.CancelNow();
        try
        {
            return (true, await running);
        }
        catch (OperationCanceledException)
        {
            // This is how it ends when it is told to give up.
            return (true, null);
        }
    }
}
