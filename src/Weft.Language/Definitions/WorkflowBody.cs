using System.Text.Json.Serialization;

namespace Weft.Language.Definitions;

/// <summary>What a workflow runs: a graph or a task list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GraphBody), "graph")]
[JsonDerivedType(typeof(SequenceBody), "sequence")]
public abstract record WorkflowBody;
