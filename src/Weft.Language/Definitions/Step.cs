using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Language.Definitions;

/// <summary>What a graph node or a basic task does, in either dialect.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AgentStep), "agent")]
[JsonDerivedType(typeof(ToolStep), "tool")]
[JsonDerivedType(typeof(TransformStep), "transform")]
[JsonDerivedType(typeof(SubWorkflowStep), "workflow")]
public abstract record Step
{
    /// <summary>
    /// Gets a graph node's templated input (<c>with</c>, <c>params</c>); null: none. A task keeps its own in
    /// <see cref="TaskDefinition.With"/>.
    /// </summary>
    public JsonNode? With { get; init; }
}
