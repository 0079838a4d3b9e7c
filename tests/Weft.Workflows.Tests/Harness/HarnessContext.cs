using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Tests.Harness;

internal enum CallKind
{
    Activity,
    Child,
    Timer,
}

/// <summary>A durable call that has not completed.</summary>
internal sealed record PendingCall(HarnessContext Owner, int Place, CallKind Kind, string Name, JsonNode? Input)
{
    public DateTime FireAt { get; init; }

    public HarnessContext? Child { get; init; }
}

/// <summary>One instance: live first, recording what completes; then again from the top, over the record.</summary>
internal sealed class HarnessContext(ReplayHarness harness, string name, string instanceId, string? parentId, JsonNode? input, DateTime now)
    : IOrchestrationContext
{
    private sealed record Arrival(int? Place, string? EventName, JsonNode? Value, FailureDetails? Failure, DateTime At);

    private readonly List<Arrival> _record = [];
    private List<string> _calls = [];
    private List<string>? _recordedCalls;
    private Dictionary<int, Action<JsonNode?, FailureDetails?>> _open = [];
    private List<(string Name, Action<JsonNode?> Deliver)> _waits = [];
    private List<(string Name, JsonNode? Payload)> _early = [];
    private readonly DateTime _began = now;
    private int _guids;
    private Func<JsonNode?>? _result;
    private Task? _running;

    public string Name => name;

    public string InstanceId => instanceId;

    public string? ParentInstanceId => parentId;

    public DateTime CurrentUtcDateTime { get; private set; } = now;

    public bool IsReplaying => _recordedCalls is not null;

    public bool Started => _running is not null;

    public bool Ended => _running is { IsCompleted: true };

    public FailureDetails? Failure => _running is { IsFaulted: true } ? FailureDetails.Of(_running.Exception!.InnerException!) : null;

    public JsonNode? Result => _running is { IsFaulted: true } ? throw _running.Exception!.InnerException! : _result!();

    public void Begin()
    {
        var registration = harness.Orchestrators.Single(x => x.Name == name);
        var running = registration.RunAsync(NoServices.Instance, this);
        _running = running;
        _result = () => JsonNode.Parse(registration.ResultOf(running));
    }

    public void Complete(int place, JsonNode? value, FailureDetails? failure, DateTime at)
    {
        if (_open.Remove(place, out var complete))
        {
            _record.Add(new Arrival(place, null, value, failure, at));
            CurrentUtcDateTime = at;
            complete(value, failure);
        }
    }

    public void Receive(string eventName, JsonNode? payload)
    {
        if (!Ended)
        {
            _record.Add(new Arrival(null, eventName, payload, null, harness.Now));
            CurrentUtcDateTime = harness.Now;
            Deliver(eventName, payload);
        }
    }

    /// <summary>Runs again from the top over the record, and checks that nothing differs.</summary>
    public void Replay(TurnQueue turns)
    {
        var (calls, result, failed) = (_calls, _running is { IsFaulted: true } ? null : _result!(), Failure);
        _recordedCalls = calls;
        (_calls, _open, _waits, _early, _guids) = ([], [], [], [], 0);
        CurrentUtcDateTime = _began;
        Begin();
        turns.Drain();
        foreach (var arrival in _record)
        {
            CurrentUtcDateTime = arrival.At;
            if (arrival.Place is { } place)
            {
                Assert.True(_open.Remove(place, out var complete),
                    $"The replay of '{instanceId}' has not made call {place} ({calls[place]}) when its result arrives.");
                complete!(arrival.Value, arrival.Failure);
            }
            else
            {
                Deliver(arrival.EventName!, arrival.Value);
            }

            turns.Drain();
        }

        Assert.Equal(calls, _calls);
        Assert.Equal(failed?.Code, Failure?.Code);
        Assert.True(JsonNode.DeepEquals(result, _running is { IsFaulted: true } ? null : _result!()),
            $"The replay of '{instanceId}' came to another result.");
    }

    public T? GetInput<T>() => input.Deserialize<T>(WeftJson.Options);

    public Guid NewGuid() => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{instanceId}/{_guids++}")).AsSpan(0, 16));

    public Task<TResult> CallActivityAsync<TResult>(string activity, object? activityInput = null, ActivityOptions? options = null) =>
        Call<TResult>(CallKind.Activity, activity, activityInput, options?.CancellationToken ?? default,
            failure => new ActivityFailedException(activity, failure), null);

    public Task<TResult> CallSubOrchestrationAsync<TResult>(
        string orchestration, object? childInput = null, SubOrchestrationOptions? options = null)
    {
        var childId = options?.InstanceId ?? $"{instanceId}:{_calls.Count}";
        return Call<TResult>(CallKind.Child, orchestration, childInput, options?.CancellationToken ?? default,
            failure => new SubOrchestrationFailedException(orchestration, childId, failure), childId);
    }

    public async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        await Open<object>(
            CallKind.Timer, "timer", JsonValue.Create(fireAt), cancellationToken, null, call => call with { FireAt = fireAt });

    public async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var arrived = new TaskCompletionSource<JsonNode?>();
        if (_early.FindIndex(x => string.Equals(x.Name, eventName, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at)
        {
            arrived.SetResult(_early[at].Payload);
            _early.RemoveAt(at);
        }
        else
        {
            (string, Action<JsonNode?>) wait = (eventName, x => arrived.TrySetResult(x));
            _waits.Add(wait);
            cancellationToken.Register(() =>
            {
                _waits.Remove(wait);
                arrived.TrySetCanceled(cancellationToken);
            });
        }

        return (await arrived.Task).Deserialize<T>(WeftJson.Options)!;
    }

    public void SendEvent(string targetId, string eventName, object? payload = null)
    {
        var json = JsonSerializer.SerializeToNode(payload, WeftJson.Options);
        _calls.Add($"send {targetId} {eventName} {json?.ToJsonString()}");
        if (!IsReplaying)
        {
            harness.SendNow(targetId, eventName, json);
        }
    }

    public void SetCustomStatus(object? status)
    {
        if (!IsReplaying)
        {
            harness.Statuses.Add(JsonSerializer.SerializeToNode(status, WeftJson.Options));
        }
    }

    public void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    private Task<TResult> Call<TResult>(
        CallKind kind, string callee, object? callInput, CancellationToken cancellationToken, Func<FailureDetails, Exception> fail,
        string? childId)
    {
        var json = JsonSerializer.SerializeToNode(callInput, WeftJson.Options);
        return Open<TResult>(kind, callee, json, cancellationToken, fail, call =>
            childId is null ? call : call with { Child = harness.Start(callee, childId, instanceId, json) });
    }

    private Task<TResult> Open<TResult>(
        CallKind kind, string callee, JsonNode? callInput, CancellationToken cancellationToken, Func<FailureDetails, Exception>? fail,
        Func<PendingCall, PendingCall> complete)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        var place = _calls.Count;
        _calls.Add($"{kind} {callee} {callInput?.ToJsonString(WeftJson.Options)}");
        if (_recordedCalls is { } recorded)
        {
            Assert.True(place < recorded.Count, $"The replay of '{instanceId}' makes a call that was not made: {_calls[place]}");
            Assert.Equal(recorded[place], _calls[place]);
        }

        var done = new TaskCompletionSource<TResult>();
        PendingCall? pending = null;
        _open[place] = (value, failure) =>
        {
            if (failure is not null)
            {
                done.TrySetException(fail!(failure));
            }
            else
            {
                done.TrySetResult(value.Deserialize<TResult>(WeftJson.Options)!);
            }
        };
        if (!IsReplaying)
        {
            pending = complete(new PendingCall(this, place, kind, callee, callInput));
            harness.Add(pending);
        }

        cancellationToken.Register(() =>
        {
            if (_open.Remove(place))
            {
                if (pending is not null)
                {
                    harness.Remove(pending);
                }

                done.TrySetCanceled(cancellationToken);
            }
        });
        return done.Task;
    }

    private void Deliver(string eventName, JsonNode? payload)
    {
        if (_waits.FindIndex(x => string.Equals(x.Name, eventName, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at)
        {
            var wait = _waits[at];
            _waits.RemoveAt(at);
            wait.Deliver(payload?.DeepClone());
        }
        else
        {
            _early.Add((eventName, payload?.DeepClone()));
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
