using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Data in, data out: no I/O. The output is <see cref="Value"/> rendered, or the input when that is null.</summary>
public sealed record TransformStep : Step
{
    /// <summary>Gets the result, a template.</summary>
    public JsonNode? Value { get; init; }
}
