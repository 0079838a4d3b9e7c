using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Workflows.Definitions;

/// <summary>A list of tasks: run in order, or driven by transitions when any task names one.</summary>
/// <param name="Tasks">The tasks as written.</param>
public sealed record SequenceBody(IReadOnlyList<TaskDefinition> Tasks) : WorkflowBody
{
    /// <summary>Gets a value indicating whether the first failed task ends the run (the default), or the rest still runs (status partial).</summary>
    public bool FailFast { get; init; } = true;
}

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

/// <summary>Where control goes, and what the next task's input gains.</summary>
public sealed record Transition(string Next, JsonNode? With = null);

/// <summary>One step. Without an executor it passes its input through.</summary>
public sealed record BasicTask : TaskDefinition
{
    public required Step Step { get; init; }
}

/// <summary>How a group of children succeeds.</summary>
public enum GroupStrategy
{
    /// <summary>All must succeed; all are awaited.</summary>
    WaitAll,

    /// <summary>All must succeed; the first failure cancels the rest.</summary>
    FailFast,

    /// <summary>At least one must succeed; all are awaited.</summary>
    BestEffort,

    /// <summary>The first success wins (<c>race</c>, <c>wait_any</c>) and cancels the rest.</summary>
    Race,

    /// <summary>The first to finish, well or not, decides (<c>wait_first</c>) and cancels the rest.</summary>
    First,
}

/// <summary>Children that run at the same time.</summary>
public sealed record ParallelTask : TaskDefinition
{
    public GroupStrategy Strategy { get; init; } = GroupStrategy.WaitAll;

    /// <summary>Gets the most children at once; 0: no limit of its own.</summary>
    public int MaxWorkers { get; init; }

    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }
}

/// <summary>One child for each item of a list.</summary>
public sealed record CollectionTask : TaskDefinition
{
    /// <summary>Gets the items: a template, a list, or a range such as <c>1..5</c>.</summary>
    public required JsonNode? Items { get; init; }

    /// <summary>Gets the template that keeps an item.</summary>
    public string? Filter { get; init; }

    public string ItemVar { get; init; } = "item";

    public string IndexVar { get; init; } = "index";

    /// <summary>Gets a value indicating whether items run one after another.</summary>
    public bool Sequential { get; init; }

    /// <summary>Gets the size of the batches that run one after another; 0: no batches.</summary>
    public int Batch { get; init; }

    public int MaxWorkers { get; init; }

    public GroupStrategy Strategy { get; init; } = GroupStrategy.WaitAll;

    public required TaskDefinition Task { get; init; }
}

/// <summary>Children that run one after another.</summary>
public sealed record CompositeTask : TaskDefinition
{
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }
}

/// <summary>Picks one of several ways.</summary>
public sealed record RouterTask : TaskDefinition
{
    /// <summary>Gets the template or expression whose value names the route.</summary>
    public required string Condition { get; init; }

    public required IReadOnlyList<Route> Routes { get; init; }
}

/// <summary>One way: to a task of the list (<see cref="Target"/>, may be a template) or an inline task.</summary>
/// <param name="Key">The value that leads here; <c>default</c> for all others.</param>
/// <param name="Target">A task's id.</param>
/// <param name="Task">The inline task.</param>
public sealed record Route(string Key, string? Target, TaskDefinition? Task);

/// <summary>The steps dialect's condition: holds, or ends the list (or jumps).</summary>
public sealed record GateTask : TaskDefinition
{
    public required ConditionDefinition Condition { get; init; }

    /// <summary>Gets the task to go to when it holds; null: the next one.</summary>
    public string? Then { get; init; }

    /// <summary>Gets the task to go to when it does not; null: the rest is skipped.</summary>
    public string? Else { get; init; }
}

/// <summary>Combines results: its output is its <see cref="TaskDefinition.Outputs"/>.</summary>
public sealed record AggregateTask : TaskDefinition;

/// <summary>Waits for a signal that meets a condition.</summary>
public sealed record WaitTask : TaskDefinition
{
    /// <summary>Gets the signal's name, templated.</summary>
    public required string WaitFor { get; init; }

    /// <summary>Gets the condition over <c>signal</c> and <c>processor</c>; null: the first signal will do.</summary>
    public ConditionDefinition? Condition { get; init; }

    public TaskDefinition? Processor { get; init; }

    /// <summary>Gets the task to go to when the time is up; null: a failure.</summary>
    public string? OnTimeout { get; init; }

    /// <summary>Gets what the input of <see cref="OnTimeout"/>'s task gains.</summary>
    public JsonNode? OnTimeoutWith { get; init; }

    /// <summary>Gets the longest wait: a duration, or a template of one; null: no limit.</summary>
    public string? Timeout { get; init; }
}

/// <summary>Sends a signal: to one execution, or to every workflow that it triggers.</summary>
public sealed record SignalTask : TaskDefinition
{
    public required string Signal { get; init; }

    public JsonNode? Payload { get; init; }

    /// <summary>Gets the template of the execution that gets it; null: workflows with a trigger of that name are started.</summary>
    public string? Target { get; init; }
}

/// <summary>Reads or changes a memory.</summary>
public sealed record MemoryTask : TaskDefinition
{
    /// <summary>Gets read, write, append, delete, flush, health, clear or stats.</summary>
    public required string Operation { get; init; }

    public required string MemoryRef { get; init; }

    public required string KeyTemplate { get; init; }

    public JsonNode? Payload { get; init; }

    /// <summary>Gets the operation's own settings (flush_config, health_config, stats_config, clear_config, batch_size, max_keys).</summary>
    public JsonObject? Settings { get; init; }
}

/// <summary>Waits for a person's choice.</summary>
public sealed record ApprovalTask : TaskDefinition
{
    /// <summary>Gets who may answer: names, roles or addresses, templated.</summary>
    public JsonNode? Approvers { get; init; }

    /// <summary>Gets what is shown, templated.</summary>
    public JsonNode? Show { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = ["approve", "reject"];

    public string? Timeout { get; init; }

    /// <summary>Gets the choice that is taken when the time is up; null: a failure, or <see cref="OnTimeout"/>.</summary>
    public string? DefaultChoice { get; init; }

    public string? OnTimeout { get; init; }

    /// <summary>Gets what the input of <see cref="OnTimeout"/>'s task gains.</summary>
    public JsonNode? OnTimeoutWith { get; init; }

    public EscalationDefinition? Escalation { get; init; }
}

/// <summary>Whom to ask next when nobody answers.</summary>
public sealed record EscalationDefinition(string After, JsonNode? To);

/// <summary>Repeats its tasks.</summary>
public sealed record LoopTask : TaskDefinition
{
    /// <summary>Gets the condition that must hold before each round.</summary>
    public ConditionDefinition? While { get; init; }

    /// <summary>Gets the condition that ends the loop after a round.</summary>
    public ConditionDefinition? Until { get; init; }

    /// <summary>Gets the most rounds: 1 to 10,000. The default is 100.</summary>
    public int MaxIterations { get; init; } = 100;

    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }
}
