using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Language.Diagnostics;

namespace Weft.Language.Definitions;

/// <summary>One task, with what every type has.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BasicTask), "basic")]
[JsonDerivedType(typeof(ParallelTask), "parallel")]
[JsonDerivedType(typeof(CollectionTask), "collection")]
[JsonDerivedType(typeof(CompositeTask), "composite")]
[JsonDerivedType(typeof(RouterTask), "router")]
[JsonDerivedType(typeof(GateTask), "gate")]
[JsonDerivedType(typeof(AggregateTask), "aggregate")]
[JsonDerivedType(typeof(WaitTask), "wait")]
[JsonDerivedType(typeof(SignalTask), "signal")]
[JsonDerivedType(typeof(MemoryTask), "memory")]
[JsonDerivedType(typeof(ApprovalTask), "approval")]
[JsonDerivedType(typeof(LoopTask), "loop")]
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

    /// <summary>Gets a value indicating whether a failure is passed over: the output is null, and what comes next runs (<c>on_error: continue</c>).</summary>
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
}
