using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Runtime.Queues;

namespace Weft.Runtime.Triggers;

/// <summary>Takes messages from the local start queue and starts their workflows: what the Service Bus trigger does on Azure.</summary>
public sealed class LocalQueuePump(
    LocalQueue queue, StartMessageHandler handler, IOptions<QueueOptions> options, ILogger<LocalQueuePump> logger) : BackgroundService
{
    // Locks that ran out and pauses that are over make no sound: look for them now and then.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // Ids that the duplicate window has left behind are forgotten little by little.
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromSeconds(10);
    private const int MostForgotten = 1000;
    private DateTime _forgetAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await PumpAsync(stoppingToken) == 0)
                {
                    await ForgetIdsAsync(stoppingToken);
                    await queue.WaitAsync(LookEvery, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.PumpFailed(exception);
                await queue.WaitAsync(LookEvery, stoppingToken);
            }
        }
    }

    /// <summary>Deals with what is there now.</summary>
    /// <returns>How many messages were looked at.</returns>
    internal async Task<int> PumpAsync(CancellationToken cancellationToken)
    {
        var messages = await queue.ReceiveAsync(options.Value.Start, Math.Min(100, options.Value.MaxConcurrent), null, cancellationToken);
        await Task.WhenAll(messages.Select(m => HandleAsync(m, cancellationToken)));
        return messages.Count;
    }

    private async Task HandleAsync(LockedMessage locked, CancellationToken cancellationToken)
    {
        var answer = await handler.HandleAsync(locked.Queue, locked.Message.MessageId, locked.Message.Body, cancellationToken);
        var kept = await (answer switch
        {
            MessageDisposition.Complete => queue.CompleteAsync(locked.Queue, locked.Lock, cancellationToken),
            MessageDisposition.DeadLetter dead =>
                queue.DeadLetterAsync(locked.Queue, locked.Lock, dead.Reason, dead.Description, cancellationToken),
            MessageDisposition.Abandon abandon => queue.AbandonAsync(locked.Queue, locked.Lock, abandon.Reason, cancellationToken),
            _ => throw new InvalidOperationException($"There is no disposition {answer.GetType().Name}."),
        });
        if (!kept)
        {
            logger.LockLost(locked.Queue, locked.Message.MessageId);
        }
    }

    private async Task ForgetIdsAsync(CancellationToken cancellationToken)
    {
        if (queue.Now < _forgetAt)
        {
            return;
        }

        _forgetAt = queue.Now + ForgetEvery;
        foreach (var name in options.Value.Queues)
        {
            await queue.ForgetIdsAsync(name, MostForgotten, cancellationToken);
        }
    }
}
