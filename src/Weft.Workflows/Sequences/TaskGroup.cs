using Weft.Language.Definitions;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>Runs children at the same time under a strategy; those that are no longer needed are cancelled, not awaited.</summary>
internal static class TaskGroup
{
    /// <summary>Runs the children.</summary>
    /// <param name="children">The children, in the order in which they start.</param>
    /// <param name="strategy">When the group is decided.</param>
    /// <param name="limit">The most at once; 0: all.</param>
    /// <param name="cancellationToken">Cancels them all.</param>
    /// <returns>What each came to; null for those that were cancelled or never started.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<IReadOnlyList<TaskOutcome?>> RunAsync(
        IReadOnlyList<Func<CancellationToken, Task<TaskOutcome>>> children, GroupStrategy strategy, int limit,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outcomes = new TaskOutcome?[children.Count];
        var completed = new CompletionQueue();
        var started = new List<Task>();
        var (next, running, decided) = (0, 0, false);
        while (true)
        {
            while (!decided && next < children.Count && (limit <= 0 || running < limit) && !stop.IsCancellationRequested)
            {
                running++;
                started.Add(StartAsync(next++));
            }

            if (running == 0)
            {
                break;
            }

            var ended = await completed.NextAsync();
            running--;
            if (!decided && outcomes[ended] is { } outcome && Decides(strategy, outcome))
            {
                decided = true;
                stop.CancelNow();
            }
        }

        await Task.WhenAll(started); // all have ended: a fault of the product must not pass for a cancelled child
        cancellationToken.ThrowIfCancellationRequested();
        return outcomes;

        async Task StartAsync(int child)
        {
            try
            {
                outcomes[child] = await children[child](stop.Token);
            }
            catch (OperationCanceledException)
            {
                // It was no longer needed.
            }
            finally
            {
                completed.Add(child);
            }
        }
    }

    /// <summary>Whether one child's end decides the group.</summary>
    public static bool Decides(GroupStrategy strategy, TaskOutcome outcome) => strategy switch
    {
        GroupStrategy.FailFast => outcome.Failed,
        GroupStrategy.Race => !outcome.Failed,
        GroupStrategy.First => true,
        _ => false,
    };

    /// <summary>Whether the group as a whole succeeded.</summary>
    public static bool Succeeded(GroupStrategy strategy, IReadOnlyList<TaskOutcome?> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return true;
        }

        var ended = outcomes.OfType<TaskOutcome>();
        return strategy switch
        {
            GroupStrategy.BestEffort or GroupStrategy.Race => ended.Any(x => !x.Failed),
            GroupStrategy.First => ended.FirstOrDefault() is { Failed: false },
            _ => ended.Count(x => !x.Failed) == outcomes.Count,
        };
    }
}
