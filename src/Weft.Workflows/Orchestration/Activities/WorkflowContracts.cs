using System.Text.Json.Nodes;
using Weft.Workflows.Definitions;

namespace Weft.Workflows.Orchestration.Activities;

/// <summary>The input of one execution. The instance id is the execution id.</summary>
/// <param name="WorkflowId">The workflow's id, for records.</param>
/// <param name="ContentHash">The definition that the start pinned; empty: the latest one, which <see cref="LoadedWorkflow.ContentHash"/> then names.</param>
/// <param name="Input">The caller's input.</param>
/// <param name="Context">The caller's context: conversation, customer and the like.</param>
public sealed record RunWorkflowInput(string WorkflowId, string ContentHash, JsonObject Input, JsonObject Context)
{
    /// <summary>Gets the execution that this one is a child of, and its depth there; null: a root.</summary>
    public string? ParentExecutionId { get; init; }

    public int Depth { get; init; }

    /// <summary>Gets the execution that this one repeats, and the node it starts from; null: from the start.</summary>
    public string? RerunOf { get; init; }

    public string? RerunFrom { get; init; }

    /// <summary>Gets what started it: api, cli, schedule, queue, hook, workflow.</summary>
    public string? StartedBy { get; init; }
}

/// <summary>Loads the pinned definition, and records that the execution has begun.</summary>
public sealed record LoadWorkflowRequest(string ExecutionId, RunWorkflowInput Run, DateTime StartedAt);

/// <summary>What an execution runs on, as a snapshot: nothing edited later reaches it.</summary>
/// <param name="DefinitionJson">The definition: canonical JSON, or a long one packed (<see cref="Definitions.PackedDefinition"/>). The orchestrator compiles it once for each text.</param>
/// <param name="Agents">The cards of the registered agents that the definition names, by name.</param>
/// <param name="Sandbox">Whether providers and tools are simulated.</param>
public sealed record LoadedWorkflow(string DefinitionJson, IReadOnlyDictionary<string, AgentCard> Agents, bool Sandbox)
{
    /// <summary>Gets the content hash of the definition: the pinned one, or for a run that pinned none the one that LoadWorkflow found.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>Gets the tools that the agents' tool specs mean, by spec: <c>shopify.*</c> → every action. Own tools are not listed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ToolReference>> Tools { get; init; } =
        new Dictionary<string, IReadOnlyList<ToolReference>>();

    /// <summary>Gets what the start found that does not stop it, such as an unknown action.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets finished nodes that a rerun adopts: node id → output.</summary>
    public IReadOnlyDictionary<string, NodeTrace> Adopted { get; init; } = new Dictionary<string, NodeTrace>();

    public JsonObject? AdoptedOutputs { get; init; }
}

/// <summary>A tool as an orchestrator needs it: enough to allow or refuse, not to call.</summary>
/// <param name="Name">The name users write: <c>shopify.get_order</c>.</param>
/// <param name="App">The toolkit; null for a tool of the file.</param>
/// <param name="ReadOnly">Whether it changes nothing.</param>
public sealed record ToolReference(string Name, string? App, bool ReadOnly)
{
    /// <summary>Gets the name that models see: letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    public string ModelName { get; init; } = ModelNameOf(Name);

    /// <summary>Gets a value indicating whether a repeated call does no more than the first.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Gets a value indicating whether it removes or overwrites something that cannot be brought back.</summary>
    public bool Destructive { get; init; }

    /// <summary>Gets one line for a planner's prompt.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the parameters' JSON Schema, when small enough for a planner's prompt; CallModel looks it up by itself.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>The name that models see for a tool's name.</summary>
    public static string ModelNameOf(string name)
    {
        var text = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return text.Length <= 64 ? text : text[..64];
    }
}

/// <summary>The result of an execution, and the output of its orchestration.</summary>
public sealed record WorkflowResult(ExecutionStatus Status, JsonNode? Output, FailureDetails? Failure, double TotalCostUsd);

/// <summary>A signal on its way to an execution.</summary>
public sealed record SignalEvent(string SignalName, JsonNode? Data)
{
    /// <summary>Gets who sent it, when, and its id.</summary>
    public JsonObject? Metadata { get; init; }
}

/// <summary>Starts every workflow that a signal of this name triggers. Delivered again, it starts none twice.</summary>
/// <param name="Scope">Whose step it is.</param>
/// <param name="CallId">The call's name within the execution, the same on every delivery: instance ids of what is started are made from it.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="Payload">What it brings: the input of what is started.</param>
/// <param name="Depth">How deep the sender is nested; what is started is one deeper.</param>
public sealed record DispatchSignalRequest(StepScope Scope, string CallId, string Signal, JsonNode? Payload, int Depth);

/// <summary>What a signal started; empty: no workflow waits for it.</summary>
public sealed record DispatchedSignal(IReadOnlyList<string> ExecutionIds);

/// <summary>Renders templates that an orchestrator must not or cannot: over stored payloads, or calling tools.</summary>
/// <param name="Scope">Whose step it is.</param>
/// <param name="Template">A text, or a tree with templates as its strings.</param>
/// <param name="Values">The roots that it reads; stored payloads in it are fetched.</param>
/// <param name="Strict">Whether an unknown path is an error (data) or empty with a warning (prompts).</param>
/// <param name="Now">The orchestrator's clock.</param>
public sealed record EvaluateRequest(StepScope Scope, JsonNode? Template, JsonObject Values, bool Strict, DateTime Now)
{
    /// <summary>Gets a value indicating whether the value is a model's text of which the JSON is meant (<see cref="Schemas.StructuredText.Read"/>).</summary>
    public bool ReadJson { get; init; }

    /// <summary>Gets the schema that the JSON must fit; null: any.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Gets a value indicating whether a list that is too large is answered as a list, with its items stored one by one where they are large.</summary>
    public bool StoreEachItem { get; init; }

    /// <summary>Gets a condition to evaluate instead of the template; the value is then true or false.</summary>
    public Definitions.ConditionDefinition? Condition { get; init; }
}

/// <summary>What the templates came to; large values are stored payloads.</summary>
public sealed record EvaluateResult(JsonNode? Value, IReadOnlyList<string> Warnings)
{
    /// <summary>Gets where the JSON does not fit, when <see cref="EvaluateRequest.ReadJson"/> was asked.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}

/// <summary>Whose step an activity works on.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="ContentHash">Its definition.</param>
/// <param name="NodeId">The node or task.</param>
public sealed record StepScope(string ExecutionId, string WorkflowId, string ContentHash, string NodeId)
{
    /// <summary>Gets the agent that works on it.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the conversation that it belongs to (<c>context.conversation_id</c>).</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the step's own environment entries, rendered: they lie over those of the workflow.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }
}
