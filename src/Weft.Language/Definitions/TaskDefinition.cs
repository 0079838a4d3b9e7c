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

    /// <summary>Gets the values that the task's work sees, templates; null: none.</summary>
    public JsonNode? With { get; init; }

    /// <summary>Gets the templated mapping that replaces the task's output.</summary>
    public JsonNode? Outputs { get; init; }

    /// <summary>Gets the condition; false: the task is skipped. (A router's and a wait's own conditions are theirs.)</summary>
    public ConditionDefinition? When { get; init; }

    /// <summary>Gets where the sequence goes after success; null: on by the order of the list, or to the end.</summary>
    public Transition? OnSuccess { get; init; }

    /// <summary>Gets where the sequence goes after a failure, which then counts as handled; null: the sequence fails.</summary>
    public Transition? OnError { get; init; }

    /// <summary>
    /// Gets a value indicating whether a failure is passed over: the output is null, and what comes next runs (<c>on_error: continue</c>).
    /// </summary>
    public bool ContinueOnError { get; init; }

    /// <summary>Gets a value indicating whether the run ends after this task.</summary>
    public bool Final { get; init; }

    /// <summary>Gets its retries and timeouts.</summary>
    public StepPolicy Policy { get; init; } = new();

    /// <summary>Gets the wait before the task starts: a duration, or a template of one.</summary>
    public string? Sleep { get; init; }

    /// <summary>Gets values that the task's templates read under <c>env</c>, by name.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the JSON Schema that its values must fit; null: any will do.</summary>
    public JsonObject? InputSchema { get; init; }

    /// <summary>Gets the JSON Schema that its result must fit; null: any will do.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets where the task stands in the file.</summary>
    public SourceSpan? Source { get; init; }

    /// <summary>The tasks that it holds, in file order.</summary>
    public virtual IEnumerable<TaskDefinition> Children() => [];

    /// <summary>The ways between which it decides itself. An ordered list passes over those that are not taken.</summary>
    public virtual IReadOnlyList<TaskBranch> Branches() => [];

    /// <summary>Where it leads when its time is up; null: nowhere.</summary>
    public virtual Transition? WhenTimeIsUp() => null;
}
