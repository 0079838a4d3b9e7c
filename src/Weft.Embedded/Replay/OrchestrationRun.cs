using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Replay;

/// <summary>One generation of one instance while it is in memory: its code, what it waits for, and what it decided.</summary>
internal sealed partial class OrchestrationRun : IOrchestrationContext
{
    private readonly OrchestratorRegistration _orchestrator;
    private readonly IServiceProvider _services;
    private readonly TurnContext _turns;
    private readonly Action _deliver;
    private readonly int _generation;
    private readonly long _createdAt;
    private readonly Dictionary<int, OpenStep> _open = [];
    private readonly Dictionary<int, HistoryEvent> _expected = [];
    private readonly Queue<HistoryEvent> _held = new();
    private readonly List<OpenStep> _asked = [];
    private Task? _code;
    private byte[]? _input;
    private long _now;
    private int _nextStep;
    private int _guids;
    private bool _suspended;
    private bool _replaying;
    private FailureDetails? _fatal;
    private (byte[] Input, bool KeepEvents)? _next;

    /// <param name="instance">Who runs.</param>
    /// <param name="generation">Which generation of it.</param>
    /// <param name="orchestrator">The code.</param>
    /// <param name="services">What the code is made with.</param>
    /// <param name="foreign">Called when the code went on by a task that is not the context's.</param>
    public OrchestrationRun(
        InstanceIdentity instance, int generation, OrchestratorRegistration orchestrator, IServiceProvider services, Action foreign)
    {
        InstanceId = instance.Id;
        Name = instance.Name;
        ParentInstanceId = instance.Parent?.InstanceId;
        _createdAt = instance.CreatedAt;
        _generation = generation;
        _orchestrator = orchestrator;
        _services = services;
        _turns = new TurnContext(foreign);
        _deliver = Deliver;
    }

    public string Name { get; }

    public string InstanceId { get; }

    public string? ParentInstanceId { get; }

    public DateTime CurrentUtcDateTime => new(_now, DateTimeKind.Utc);

    public bool IsReplaying => _replaying;

    /// <summary>Gets what the last turn decided, until the next one.</summary>
    public Decisions Decisions { get; } = new();

    /// <summary>Gets a value indicating whether the run takes no more turns.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets a value indicating whether an operator holds it.</summary>
    public bool IsSuspended => _suspended;

    public T? GetInput<T>() => Payload.Read<T>(_input ?? "null"u8, $"input of '{Name}'");

    public Guid NewGuid()
    {
        RequireTurn();
        var seed = string.Create(CultureInfo.InvariantCulture, $"{InstanceId}\n{_createdAt}\n{_generation}\n{_guids++}");
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(seed), hash);

        // RFC 9562, version 8: an id of our own making.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    public void SetCustomStatus(object? status)
    {
        RequireTurn();
        Decisions.CustomStatus = Payload.Write(status, "custom status");
    }

    public void SendEvent(string instanceId, string name, object? payload = null)
    {
        RequireTurn();
        var decision = Decide(new HistoryEvent
        {
            Kind = HistoryEventKind.EventSent,
            Step = _nextStep++,
            Name = Names.Name(name, "event"),
            Other = Names.InstanceId(instanceId),
        });
        if (decision is not null)
        {
            Decisions.Effects.Add(new Effect.SendEvent(decision, Payload.Write(payload, $"payload of event '{name}'")));
        }
    }

    public void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        RequireTurn();
        _next = (Payload.Write(newInput, "input of the next generation"), preserveUnprocessedEvents);
    }

    private void RequireTurn()
    {
        if (!_turns.IsHere)
        {
            var failure = Foreign();
            throw new WeftException(failure.Code, failure.AsFault(), failure.Message);
        }
    }

    private FailureDetails Foreign() => new(
        "foreign_await",
        $"Orchestrator '{Name}' of instance '{InstanceId}' went on by a task that did not come from its context (Task.Delay, Task.Run, "
        + "I/O, or ConfigureAwait(false)), which no replay can repeat. Await only what the context answers: CallActivityAsync, "
        + "CallSubOrchestrationAsync, CreateTimer, WaitForExternalEvent; do I/O in an activity.",
        NonRetryable: true);
}
