using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Tests.Harness;

/// <summary>
/// A small engine in memory: runs an orchestrator on scripted activities, completes what is pending in an order that the
/// test chooses, then replays each instance from its record and checks that it makes the same calls with the same inputs.
/// </summary>
/// <remarks>Time stands still but for timers: one fires only when nothing else is pending, and moves the clock to its time.</remarks>
internal sealed class ReplayHarness
{
    private const int MostTurns = 100_000;
    private readonly Dictionary<string, Func<JsonNode?, object?>> _activities = new(StringComparer.Ordinal);
    private readonly List<HarnessContext> _contexts = [];
    private readonly List<PendingCall> _pending = [];
    private readonly Queue<(string InstanceId, string Name, JsonNode? Payload)> _events = new();
    private readonly Random? _order;
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="seed">Chooses the order of completions; null: the order of the calls.</param>
    public ReplayHarness(int? seed = null)
    {
        _order = seed is { } s ? new Random(s) : null;
        On<ExecutionDocument, RecordedExecution>(StepNames.RecordExecution, document =>
        {
            Documents.Add(document);
            return new RecordedExecution(true);
        });
    }

    /// <summary>Gets or sets what can be run; the product's orchestrators unless a test sets its own.</summary>
    public IReadOnlyList<OrchestratorRegistration> Orchestrators { get; set; } = WeftOrchestrators.Create();

    /// <summary>Gets the documents that were recorded, children's first.</summary>
    public List<ExecutionDocument> Documents { get; } = [];

    /// <summary>Gets every call of an activity, in the order in which they were made: its name and its input.</summary>
    public List<(string Name, JsonNode? Input)> Calls { get; } = [];

    /// <summary>Gets every custom status that was set, as JSON.</summary>
    public List<JsonNode?> Statuses { get; } = [];

    /// <summary>Gets the calls that were given up.</summary>
    public List<string> Cancelled { get; } = [];

    public DateTime Now => _now;

    /// <summary>Scripts an activity. What it throws is its failure.</summary>
    public ReplayHarness On<TInput, TOutput>(string name, Func<TInput, TOutput> activity)
    {
        _activities[name] = input => activity(input.Deserialize<TInput>(WeftJson.Options)!);
        return this;
    }

    /// <summary>Sends an event once nothing else is pending.</summary>
    public ReplayHarness Send(string instanceId, string name, object? payload)
    {
        _events.Enqueue((instanceId, name, JsonSerializer.SerializeToNode(payload, WeftJson.Options)));
        return this;
    }

    /// <summary>The inputs of the calls of one activity.</summary>
    public IReadOnlyList<TInput> CallsOf<TInput>(string name) =>
        [.. Calls.Where(x => x.Name == name).Select(x => x.Input.Deserialize<TInput>(WeftJson.Options)!)];

    /// <summary>Runs an orchestration to its end, and replays it and all its children.</summary>
    public TOutput Run<TOutput>(string orchestration, object input, string instanceId = "exec-1")
    {
        var root = Start(orchestration, instanceId, null, JsonSerializer.SerializeToNode(input, WeftJson.Options));
        var previous = SynchronizationContext.Current;
        var turns = new TurnQueue();
        SynchronizationContext.SetSynchronizationContext(turns);
        try
        {
            Drive(root, turns);
            foreach (var context in _contexts)
            {
                context.Replay(turns);
            }

            return root.Result.Deserialize<TOutput>(WeftJson.Options)!;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    internal HarnessContext Start(string orchestration, string instanceId, string? parentId, JsonNode? input)
    {
        Assert.DoesNotContain(_contexts, x => x.InstanceId == instanceId);
        Assert.InRange(instanceId.Length, 1, 100);
        Assert.DoesNotContain(instanceId, c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));
        var context = new HarnessContext(this, orchestration, instanceId, parentId, input, _now);
        _contexts.Add(context);
        return context;
    }

    internal void Add(PendingCall call)
    {
        _pending.Add(call);
        if (call.Kind == CallKind.Activity)
        {
            Calls.Add((call.Name, call.Input));
        }
    }

    internal void Remove(PendingCall call)
    {
        if (_pending.Remove(call) && call.Kind != CallKind.Timer)
        {
            Cancelled.Add(call.Name);
        }
    }

    internal void SendNow(string instanceId, string name, JsonNode? payload) =>
        _contexts.Find(x => x.InstanceId == instanceId)?.Receive(name, payload);

    private void Drive(HarnessContext root, TurnQueue turns)
    {
        for (var turn = 0; ; turn++)
        {
            Assert.True(turn < MostTurns, "The orchestration does not come to an end.");
            foreach (var context in _contexts.Where(x => !x.Started).ToList())
            {
                context.Begin();
            }

            turns.Drain();
            if (root.Ended)
            {
                return;
            }

            if (_contexts.Exists(x => !x.Started))
            {
                continue;
            }

            var ready = _pending.Where(x => x.Kind == CallKind.Activity || (x.Kind == CallKind.Child && x.Child!.Ended)).ToList();
            if (ready.Count > 0)
            {
                Complete(ready[_order?.Next(ready.Count) ?? 0]);
            }
            else if (_events.TryDequeue(out var sent))
            {
                SendNow(sent.InstanceId, sent.Name, sent.Payload);
            }
            else if (_pending.Where(x => x.Kind == CallKind.Timer).MinBy(x => x.FireAt) is { } timer)
            {
                _now = timer.FireAt > _now ? timer.FireAt : _now;
                Complete(timer);
            }
            else
            {
                Assert.Fail(
                    $"Nothing is pending, and '{root.Name}' has not ended. Last calls: "
                    + $"{string.Join(", ", Calls.TakeLast(5).Select(x => x.Name))}");
            }
        }
    }

    private void Complete(PendingCall call)
    {
        _pending.Remove(call);
        JsonNode? result = null;
        FailureDetails? failure = null;
        switch (call.Kind)
        {
            case CallKind.Activity when _activities.TryGetValue(call.Name, out var activity):
                try
                {
                    result = JsonSerializer.SerializeToNode(activity(call.Input), WeftJson.Options);
                }
                catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
                {
                    failure = FailureDetails.Of(exception);
                }

                break;
            case CallKind.Activity:
                Assert.Fail($"No script for the activity '{call.Name}'.");
                break;
            case CallKind.Child:
                (result, failure) = (call.Child!.Result, call.Child.Failure);
                break;
            default:
                break;
        }

        call.Owner.Complete(call.Place, result, failure, _now);
    }
}
