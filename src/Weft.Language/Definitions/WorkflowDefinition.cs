using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>One workflow, whatever dialect it was written in. Immutable, and a stored format: it is pinned by content hash.</summary>
/// <remarks>Texts that may hold templates stay as they were written; they are compiled once per content hash.</remarks>
public sealed record WorkflowDefinition
{
    /// <summary>Gets the id by which it is started: the file's <c>id</c>, else its <c>name</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the workflow's name, for people.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the version, as its author counts; the content hash is what pins.</summary>
    public string? Version { get; init; }

    /// <summary>Gets what the workflow does.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the dialect that the file is written in.</summary>
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

    /// <summary>
    /// Gets the environment entries that templates may read as <c>env.NAME</c>: name → text or template over the host's environment.
    /// </summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the memories that its agents and tasks name.</summary>
    public IReadOnlyList<MemoryDefinition> Memories { get; init; } = [];

    /// <summary>Gets the limits on money.</summary>
    public CostControls? CostControls { get; init; }

    /// <summary>Gets what is watched, and what raises an alert.</summary>
    public MonitoringSection? Monitoring { get; init; }

    /// <summary>Gets the templated result of the workflow; null: the output of what leads to the end.</summary>
    public JsonNode? Outputs { get; init; }

    /// <summary>Gets the retry policy and timeouts that steps inherit.</summary>
    public StepDefaults Defaults { get; init; } = new();

    /// <summary>Gets when the workflow starts by itself; null: it does not.</summary>
    public ScheduleDefinition? Schedule { get; init; }

    /// <summary>Gets the signals and webhooks that start the workflow.</summary>
    public IReadOnlyList<TriggerDefinition> Triggers { get; init; } = [];

    /// <summary>Gets the longest time an execution may take; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
