using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Workflows.Definitions;

/// <summary>One workflow, whatever dialect it was written in. Immutable, and a stored format: it is pinned by content hash.</summary>
/// <remarks>Texts that may hold templates stay as they were written; they are compiled once per content hash.</remarks>
public sealed record WorkflowDefinition
{
    /// <summary>Gets the id by which it is started: the file's <c>id</c>, else its <c>name</c>.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Version { get; init; }

    public string? Description { get; init; }

    public required Dialect Dialect { get; init; }

    /// <summary>Gets what runs.</summary>
    public required WorkflowBody Body { get; init; }

    /// <summary>Gets named uses of profiles (<c>llm_profiles</c>): use → profile. A node's <c>model_profile</c> may name either.</summary>
    public IReadOnlyDictionary<string, string> LlmProfiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the Composio apps, and whose account each acts for.</summary>
    public IReadOnlyList<ComposioApp> ComposioApps { get; init; } = [];

    /// <summary>Gets the models that extend or override the catalog.</summary>
    public IReadOnlyList<ModelDefinition> Models { get; init; } = [];

    /// <summary>Gets the agents defined in the file; they hide cards of the same name.</summary>
    public IReadOnlyList<AgentDefinition> Agents { get; init; } = [];

    /// <summary>Gets the tools defined in the file; they hide registered tools of the same name.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Gets the JSON Schemas that the file names, by id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Schemas { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Gets the schema that an execution's input must fit; null: any object.</summary>
    public JsonObject? InputSchema { get; init; }

    /// <summary>Gets the environment entries that templates may read as <c>env.NAME</c>: name → text or template over the host's environment.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<MemoryDefinition> Memories { get; init; } = [];

    public CostControls? CostControls { get; init; }

    public MonitoringSection? Monitoring { get; init; }

    /// <summary>Gets the templated result of the workflow; null: the output of what leads to the end.</summary>
    public JsonNode? Outputs { get; init; }

    /// <summary>Gets the retry policy and timeouts that steps inherit.</summary>
    public StepDefaults Defaults { get; init; } = new();

    public ScheduleDefinition? Schedule { get; init; }

    /// <summary>Gets the signals and webhooks that start the workflow.</summary>
    public IReadOnlyList<TriggerDefinition> Triggers { get; init; } = [];

    /// <summary>Gets the longest time an execution may take; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>The three ways to write a workflow.</summary>
public enum Dialect
{
    /// <summary><c>workflow.nodes</c> and <c>workflow.edges</c>.</summary>
    Graph,

    /// <summary><c>tasks</c>.</summary>
    Tasks,

    /// <summary><c>steps</c>.</summary>
    Steps,
}

/// <summary>What a workflow runs: a graph or a task list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GraphBody), "graph")]
[JsonDerivedType(typeof(SequenceBody), "sequence")]
public abstract record WorkflowBody;

/// <summary>A directed acyclic graph of nodes.</summary>
public sealed record GraphBody(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges) : WorkflowBody
{
    /// <summary>The name that an edge's <c>to</c> has when it leads to the end of the workflow.</summary>
    public const string End = "END";
}

/// <summary>One node: a step, and when it may run.</summary>
public sealed record GraphNode
{
    public required string Id { get; init; }

    public required Step Step { get; init; }

    /// <summary>Gets the condition over the results so far; false: the node is skipped.</summary>
    public ConditionDefinition? Condition { get; init; }

    /// <summary>Gets the templated mapping that replaces the step's output; null: the output as it is.</summary>
    public JsonNode? Outputs { get; init; }

    public StepPolicy Policy { get; init; } = new();

    /// <summary>Gets what a failure leads to; null: the execution fails.</summary>
    public NodeErrorPolicy? OnError { get; init; }

    public SourceSpan? Source { get; init; }
}

/// <summary>One edge. Its condition sees the source's result as <c>output</c>, and every other result by node id.</summary>
public sealed record GraphEdge(string From, string To, ConditionDefinition? Condition = null, SourceSpan? Source = null);

/// <summary>What a failed node leads to.</summary>
/// <param name="Action">What happens.</param>
/// <param name="Next">With <see cref="NodeErrorAction.Route"/>: the node that handles it, and sees the failure as <c>error</c>.</param>
/// <param name="Output">With <see cref="NodeErrorAction.Continue"/>: the output that stands in for the result.</param>
public sealed record NodeErrorPolicy(NodeErrorAction Action, string? Next = null, JsonNode? Output = null);

/// <summary>The ways to take a node's failure.</summary>
public enum NodeErrorAction
{
    /// <summary>The execution fails.</summary>
    Fail,

    /// <summary>The node counts as completed with the given output (null, when none is given).</summary>
    Continue,

    /// <summary>Control goes to the named node; the failed node's other edges are not taken.</summary>
    Route,
}

/// <summary>A condition as written.</summary>
/// <param name="Type">jmespath, expr, python_expr, template or always.</param>
/// <param name="Expression">The text; empty for always.</param>
/// <param name="Source">Where the expression stands.</param>
public sealed record ConditionDefinition(string Type, string Expression, SourceSpan? Source = null);

/// <summary>A place in a file: lines and columns count from 1.</summary>
public sealed record SourceSpan(string? File, int Line, int Column);
