using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;
using RetryPolicy = Weft.Language.Definitions.RetryPolicy;
using SubOrchestrationOptions = Weft.Workflows.Durable.SubOrchestrationOptions;

namespace Weft.Functions.Engine;

/// <summary>The engine port on a Durable Functions orchestration.</summary>
/// <remarks>
/// Retries are made here, as a loop over durable timers, and not by the extension's policy: they then honour failure codes,
/// jitter and <see cref="FailureDetails.NonRetryable"/> exactly as the embedded engine does, and replay the same way.
/// A call that the host lost is no attempt: the same call is delivered again.
/// </remarks>
internal sealed class DurableOrchestrationContext(TaskOrchestrationContext context) : IOrchestrationContext
{
    /// <summary>How often a call is delivered in all, when each time the host loses it.</summary>
    private const int MaxDeliveries = 5;

    private readonly Payload? _input = context.GetInput<Payload>();

    private readonly EventInbox _events = new(
        name => context.WaitForExternalEvent<JsonNode?>(name), (name, payload) => context.SendEvent(context.InstanceId, name, payload),
        context.GetInput<Payload>()?.Events ?? []);

    private int _retriedSteps;

    public string Name => context.Name;

    public string InstanceId => context.InstanceId;

    public string? ParentInstanceId => context.Parent?.InstanceId ?? _input?.Parent;

    public DateTime CurrentUtcDateTime => context.CurrentUtcDateTime;

    public bool IsReplaying => context.IsReplaying;

    public T? GetInput<T>() => _input is { } input ? input.Read<T>($"input of '{Name}'") : default;

    public Guid NewGuid() => context.NewGuid();

    public Task<TResult> CallActivityAsync<TResult>(string name, object? input = null, ActivityOptions? options = null)
    {
        var payload = Payload.OfObject(input, $"input of activity '{name}'");
        var token = options?.CancellationToken ?? CancellationToken.None;
        return WithRetriesAsync(options?.Retry, _ => CallOnceAsync<TResult>(name, payload, token), token);
    }

    public Task<TResult> CallSubOrchestrationAsync<TResult>(string name, object? input = null, SubOrchestrationOptions? options = null)
    {
        var payload = Payload.OfObject(input, $"input of orchestration '{name}'") with { Parent = InstanceId };
        var token = options?.CancellationToken ?? CancellationToken.None;
        var id = options?.InstanceId is { } chosen ? InstanceIds.Require(chosen) : InstanceIds.OfChild(InstanceId, context.NewGuid());
        return WithRetriesAsync(
            options?.Retry, attempt => CallChildOnceAsync<TResult>(name, payload, InstanceIds.OfAttempt(id, attempt), token), token);
    }

    public Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : context.CreateTimer(fireAt, cancellationToken);

    public async Task<T> WaitForExternalEvent<T>(string name, CancellationToken cancellationToken = default) =>
        (await _events.NextAsync(name, cancellationToken)).Read<T>($"payload of event '{name}'")!;

    public void SendEvent(string instanceId, string name, object? payload = null) =>
        context.SendEvent(instanceId, name, Payload.OfObject(payload, $"payload of event '{name}'"));

    public void SetCustomStatus(object? status) =>
        context.SetCustomStatus(CustomStatus.Fit(Payload.OfObject(status, "custom status").Value));

    public void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        var events = preserveUnprocessedEvents ? _events.TakeAll() : [];
        var input = Payload.OfObject(newInput, "input of the next generation") with
        {
            Parent = _input?.Parent, Events = events.Count == 0 ? null : events,
        };
        context.ContinueAsNew(input, preserveUnprocessedEvents);
    }

    private async Task<TResult> CallOnceAsync<TResult>(string name, Payload payload, CancellationToken cancellationToken)
    {
        for (var delivery = 1; ; delivery++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var answer = await UnlessGivenUpAsync(context.CallActivityAsync<Payload>(name, payload), cancellationToken);
                return answer.ReadFailure() is { } failure
                    ? throw new ActivityFailedException(name, failure)
                    : answer.Read<TResult>($"result of '{name}'")!;
            }
            catch (TaskFailedException lost)
            {
                // An activity's own failure comes as data. An exception is the host's: a process that died, a time limit. Nobody knows what
                // the call did, so it must not become another call: it is delivered again as it was, and the activity knows it.
                var failure = DurableFailureException.Read(lost.FailureDetails);
                if (delivery == MaxDeliveries || failure.Code == FailureText.ActivityNotRegistered)
                {
                    throw new ActivityFailedException(name, failure with { NonRetryable = true });
                }
            }

            await CreateTimer(CurrentUtcDateTime + TimeSpan.FromSeconds(1 << (delivery - 1)), cancellationToken);
        }
    }

    private async Task<TResult> CallChildOnceAsync<TResult>(string name, Payload payload, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var answer = await UnlessGivenUpAsync(
                context.CallSubOrchestratorAsync<Payload>(name, payload, new TaskOptions().WithInstanceId(id)), cancellationToken);
            return answer.Read<TResult>($"result of '{name}'")!;
        }
        catch (TaskFailedException failed)
        {
            // A child that was terminated has no details, whatever the SDK's annotations say.
            throw new SubOrchestrationFailedException(name, id, failed.FailureDetails is { } details
                ? DurableFailureException.Read(details) : new FailureDetails("terminated", "Terminated from outside."));
        }
        catch (OperationCanceledException)
        {
            // Only the outside can terminate an instance; an activity asks for it.
            _ = CallOnceAsync<bool>(TerminateChild.FunctionName, Payload.Of(id), CancellationToken.None);
            throw;
        }
    }

    // The token is cancelled by orchestrator code, on its own thread: which task wins is the same on every replay. The engine cannot take
    // a call back: its late result is dropped, and the instance completes only after it.
    private static async Task<T> UnlessGivenUpAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await call;
        }

        var givenUp = new TaskCompletionSource<T>();
        using var registration = cancellationToken.Register(() => givenUp.TrySetCanceled(cancellationToken));
        return await await Task.WhenAny(call, givenUp.Task);
    }

    private async Task<T> WithRetriesAsync<T>(RetryPolicy? policy, Func<int, Task<T>> attemptAsync, CancellationToken cancellationToken)
    {
        if (policy is not { MaxAttempts: > 1 })
        {
            return await attemptAsync(1);
        }

        RetryBackoff.Validate(policy);
        var (started, step) = (CurrentUtcDateTime, ++_retriedSteps);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await attemptAsync(attempt);
            }
            catch (OrchestrationFailureException failed)
            {
                if (RetryBackoff.NextDelay(
                    policy, failed.Failure, attempt, CurrentUtcDateTime - started, InstanceId, step) is not { } delay)
                {
                    throw;
                }

                await CreateTimer(CurrentUtcDateTime + delay, cancellationToken);
            }
        }
    }
}
