using Microsoft.DurableTask;
using Weft.Workflows.Orchestration;
using RetryPolicy = Weft.Workflows.Orchestration.RetryPolicy;
using SubOrchestrationOptions = Weft.Workflows.Orchestration.SubOrchestrationOptions;

namespace Weft.Functions.Engine;

/// <summary>The engine port on a Durable Functions orchestration.</summary>
/// <remarks>
/// Retries are made here, as a loop over durable timers, and not by the extension's policy: they then honour failure codes,
/// jitter and <see cref="FailureDetails.NonRetryable"/> exactly as the embedded engine does, and replay the same way.
/// </remarks>
internal sealed class DurableOrchestrationContext(TaskOrchestrationContext context) : IOrchestrationContext
{
    private int _retriedSteps;

    public string Name => context.Name;

    public string InstanceId => context.InstanceId;

    public string? ParentInstanceId => context.Parent?.InstanceId;

    public DateTime CurrentUtcDateTime => context.CurrentUtcDateTime;

    public bool IsReplaying => context.IsReplaying;

    public T? GetInput<T>() => context.GetInput<Payload>() is { } input ? input.Read<T>() : default;

    public Guid NewGuid() => context.NewGuid();

    public Task<TResult> CallActivityAsync<TResult>(string name, object? input = null, ActivityOptions? options = null)
    {
        var payload = Payload.OfObject(input);
        return WithRetriesAsync(
            options?.Retry,
            async () =>
            {
                Payload answer;
                try
                {
                    answer = await UnlessCancelledAsync(
                        context.CallActivityAsync<Payload>(name, payload), options?.CancellationToken ?? CancellationToken.None);
                }
                catch (TaskFailedException failed)
                {
                    // The host's own failures (a lost worker, a timeout) come as exceptions; the activity's own as data.
                    throw new ActivityFailedException(name, DurableFailureException.Read(failed.FailureDetails));
                }

                return answer.ReadFailure() is { } failure ? throw new ActivityFailedException(name, failure) : answer.Read<TResult>()!;
            },
            options?.CancellationToken ?? CancellationToken.None);
    }

    public Task<TResult> CallSubOrchestrationAsync<TResult>(string name, object? input = null, SubOrchestrationOptions? options = null)
    {
        var payload = Payload.OfObject(input);
        var attempt = 0;
        return WithRetriesAsync(
            options?.Retry,
            async () =>
            {
                // A retry starts a fresh child: the id of a failed one is taken.
                attempt++;
                var id = options?.InstanceId is { } chosen ? (attempt == 1 ? chosen : $"{chosen}:{attempt}") : context.NewGuid().ToString("N");
                try
                {
                    var answer = await UnlessCancelledAsync(
                        context.CallSubOrchestratorAsync<Payload>(name, payload, new TaskOptions().WithInstanceId(id)),
                        options?.CancellationToken ?? CancellationToken.None);
                    return answer.Read<TResult>()!;
                }
                catch (TaskFailedException failed)
                {
                    throw new SubOrchestrationFailedException(name, id, DurableFailureException.Read(failed.FailureDetails));
                }
                catch (OperationCanceledException)
                {
                    // Only the outside can terminate an instance; the child's own activity asks for it.
                    _ = context.CallActivityAsync<Payload>(TerminateChild.FunctionName, Payload.Of(id));
                    throw;
                }
            },
            options?.CancellationToken ?? CancellationToken.None);
    }

    public Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => context.CreateTimer(fireAt, cancellationToken);

    public async Task<T> WaitForExternalEvent<T>(string name, CancellationToken cancellationToken = default) =>
        (await context.WaitForExternalEvent<Payload>(name, cancellationToken)).Read<T>()!;

    public void SendEvent(string instanceId, string name, object? payload = null) =>
        context.SendEvent(instanceId, name, Payload.OfObject(payload));

    public void SetCustomStatus(object? status) => context.SetCustomStatus(Payload.OfObject(status).Value);

    public void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        context.ContinueAsNew(Payload.OfObject(newInput), preserveUnprocessedEvents);

    // The token is cancelled by orchestrator code, on its own thread: which task wins is the same on every replay.
    private static async Task<T> UnlessCancelledAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await call;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var cancelled = new TaskCompletionSource<T>();
        using var registration = cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken));
        return await await Task.WhenAny(call, cancelled.Task);
    }

    private async Task<T> WithRetriesAsync<T>(RetryPolicy? policy, Func<Task<T>> attemptAsync, CancellationToken cancellationToken)
    {
        if (policy is null)
        {
            return await attemptAsync();
        }

        var (started, step) = (CurrentUtcDateTime, ++_retriedSteps);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await attemptAsync();
            }
            catch (OrchestrationFailureException failed)
            {
                if (RetryBackoff.NextDelay(policy, failed.Failure, attempt, CurrentUtcDateTime - started, InstanceId, step) is not { } delay)
                {
                    throw;
                }

                await context.CreateTimer(CurrentUtcDateTime + delay, cancellationToken);
            }
        }
    }
}
