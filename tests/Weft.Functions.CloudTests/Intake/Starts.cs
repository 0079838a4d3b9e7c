using System.Collections.Concurrent;
using Weft.Runtime.Executions;
using Weft.Runtime.Triggers;

namespace Weft.Functions.CloudTests.Intake;

/// <summary>The product's starts, seen from outside: keeps what was started, and lets a test stand in the way.</summary>
internal sealed class Starts(IScheduledStarts product) : IScheduledStarts
{
    /// <summary>Gets the starts that were made, in order.</summary>
    public ConcurrentQueue<StartExecution> Made { get; } = new();

    /// <summary>Gets the executions that came of them: the repeat of a start answers the first one's.</summary>
    public ConcurrentQueue<string> Executions { get; } = new();

    /// <summary>Gets or sets what happens before a start; what it throws fails the start.</summary>
    public Func<StartExecution, CancellationToken, Task>? Before { get; set; }

    public async Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken)
    {
        if (Before is { } before)
        {
            await before(start, cancellationToken);
        }

        var started = await product.StartAsync(start, cancellationToken);
        Made.Enqueue(start);
        Executions.Enqueue(started.ExecutionId);
        return started;
    }

    public Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken) =>
        product.HasEndedAsync(executionId, cancellationToken);
}
