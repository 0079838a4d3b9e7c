using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Data in, data out: no I/O. The output is <see cref="Value"/> rendered, or the input when that is null.</summary>
public sealed record TransformStep : Step
{
    public JsonNode? Value { get; init; }
}
