using System.Text.Json.Nodes;
using Weft.Language.Source;

namespace Weft.Language.Definitions;

/// <summary>A project: what its workflows share.</summary>
public sealed record ProjectDefinition
{
    /// <summary>Gets the project's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the project's version, as its author counts.</summary>
    public string? Version { get; init; }

    /// <summary>Gets what the project is for.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the paths of the workflow files, relative to the project file, in the order of the file; autoloaded ones come last.
    /// </summary>
    public IReadOnlyList<string> Workflows { get; init; } = [];

    /// <summary>Gets the models that its workflows may name besides the catalog's.</summary>
    public IReadOnlyList<ModelDefinition> Models { get; init; } = [];

    /// <summary>Gets the agents that its workflows may name.</summary>
    public IReadOnlyList<AgentDefinition> Agents { get; init; } = [];

    /// <summary>Gets the tools that its workflows may name.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Gets the JSON Schemas that its workflows may name, by id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Schemas { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Gets the memories that its workflows may name.</summary>
    public IReadOnlyList<MemoryDefinition> Memories { get; init; } = [];

    /// <summary>Gets values that templates read under <c>env</c>, by name.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the retry policy and timeouts that every workflow inherits.</summary>
    public StepDefaults Defaults { get; init; } = new();

    /// <summary>Gets how scripts run; null: as the product does by default.</summary>
    public RuntimeSection? Runtime { get; init; }

    /// <summary>Gets the project file as it is written: what <c>global::</c> looks into.</summary>
    internal SourceMap? Root { get; init; }

    /// <summary>Gets the autoloaded files by kind: what <c>resource::</c> looks into.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<SourceMap>> Resources { get; init; } =
        new Dictionary<string, IReadOnlyList<SourceMap>>();
}
