using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>Where a reference leads.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Resource">The resource in which it lies.</param>
/// <param name="DynamicAnchor">The name by which the reference found it, when that is a dynamic one; else null.</param>
internal sealed record SchemaTarget(JsonNode Schema, SchemaResource Resource, string? DynamicAnchor);
