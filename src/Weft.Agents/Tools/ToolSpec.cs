using System.Text.Json.Nodes;

namespace Weft.Agents.Tools;

/// <summary>A tool as a model is shown it.</summary>
/// <param name="Name">The name users write: <c>shopify.get_order</c>.</param>
/// <param name="ModelName">The name the model writes: letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="Description">What it does.</param>
/// <param name="Parameters">The arguments' JSON Schema, without references; an object schema.</param>
public sealed record ToolSpec(string Name, string ModelName, string? Description, JsonObject Parameters);
