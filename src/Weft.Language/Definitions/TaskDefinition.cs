using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Language.Diagnostics;

namespace Weft.Language.Definitions;

/// <summary>One task, with what every type has.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[TaskKind(typeof(BasicTask), "basic")]
[TaskKind(typeof(ParallelTask), "parallel")]
[TaskKind(typeof(CollectionTask), "collection")]
[TaskKind(typeof(CompositeTask), "composite")]
[TaskKind(typeof(RouterTask), "router", OwnCondition = true)]
[TaskKind(typeof(GateTask), "gate", Word = "condition")]
[TaskKind(typeof(AggregateTask), "aggregate", OwnOutputs = true, NoAttempts = true)]
[TaskKind(typeof(WaitTask), "wait", OwnCondition = true, OwnTimeout = true)]
[TaskKind(typeof(SignalTask), "signal", NoAttempts = true)]
[TaskKind(typeof(MemoryTask), "memory", NoAttempts = true)]
[TaskKind(typeof(ApprovalTask), "approval", OwnTimeout = true, NoAttempts = true)]
[TaskKind(typeof(LoopTask), "loop")]
public abstract record TaskDefinition
{
    /// <summary>Gets the id; a template inside a collection.</summary>
    public required string Id { get; init; }

    public JsonNode? With { get; init; }

    /// <summary>Gets the templated mapping that replaces the task's output.</summary>
    public JsonNode? Outputs { get; init; }

    /// <summary>Gets the condition; false: the task is skipped. (A router's and a wait's own conditions are theirs.)</summary>
    public ConditionDefinition? When { get; init; }

    public Transition? OnSuccess { get; init; }

    public Transition? OnError { get; init; }

    /// <summary>
    /// Gets a value indicating whether a failure is passed over: the output is null, and what comes next runs (<c>on_error: continue</c>).
    /// </summary>
    public bool ContinueOnError { get; init; }

    /// <summary>Gets a value indicating whether the run ends after this task.</summary>
    public bool Final { get; init; }

    public StepPolicy Policy { get; init; } = new();

    /// <summary>Gets the wait before the task starts: a duration, or a template of one.</summary>
    public string? Sleep { get; init; }

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    public JsonObject? InputSchema { get; init; }

    public JsonObject? OutputSchema { get; init; }

    public SourceSpan? Source { get; init; }

    /// <summary>The tasks that it holds, in file order.</summary>
    public virtual IEnumerable<TaskDefinition> Children() => [];

    /// <summary>The ways between which it decides itself. An ordered list passes over those that are not taken.</summary>
    public virtual IReadOnlyList<TaskBranch> Branches() => [];

    /// <summary>Where it leads when its time is up; null: nowhere.</summary>
    public virtual Transition? WhenTimeIsUp() => null;
}
