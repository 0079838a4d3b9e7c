using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>What an execution runs on, as a snapshot: nothing edited later reaches it.</summary>
/// <param name="DefinitionJson">The definition: canonical JSON, or a long one packed (<see cref="PackedDefinition"/>). The orchestrator
/// compiles it once for each text.</param>
/// <param name="Agents">The cards of the registered agents that the definition names, by name.</param>
/// <param name="Sandbox">Whether providers and tools are simulated.</param>
public sealed record LoadedWorkflow(string DefinitionJson, IReadOnlyDictionary<string, AgentCard> Agents, bool Sandbox)
{
    /// <summary>
    /// Gets the content hash of the definition: the pinned one, or for a run that pinned none the one that LoadWorkflow found.
    /// </summary>
    public string ContentHash { get; init; } = "";

    /// <summary>
    /// Gets the tools that the agents' tool specs mean, by spec: <c>shopify.*</c> → every action. Own tools are not listed.
    /// </summary>
    /// <remarks>Tools of steps are here, too, as far as they are known to act for no entity.</remarks>
    public IReadOnlyDictionary<string, IReadOnlyList<ToolReference>> Tools { get; init; } =
        new Dictionary<string, IReadOnlyList<ToolReference>>();

    /// <summary>Gets what the start found that does not stop it, such as an unknown action.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets a value indicating whether an agent's first call of a model ranks the models too.</summary>
    /// <remarks>False in histories of builds in which ranking was a step of its own: these go on as they began.</remarks>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RoutesWithCall { get; init; }

    /// <summary>Gets the traces of finished nodes that a rerun adopts, by node id.</summary>
    public IReadOnlyDictionary<string, NodeTrace> Adopted { get; init; } = new Dictionary<string, NodeTrace>();

    /// <summary>Gets the outputs of those nodes, by node id; null: nothing is adopted.</summary>
    public JsonObject? AdoptedOutputs { get; init; }
}
