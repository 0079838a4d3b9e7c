using System.Text.Json.Nodes;
using Weft.Language.Expressions.GJson;

namespace Weft.Language.Expressions;

/// <summary>
/// A path in GJSON's form, as <c>$ref</c> and <c>$use</c> write it: <c>agents.#(id="x").actions.0</c>. It never changes.
/// </summary>
/// <remarks>
/// Segments are separated by dots (or <c>|</c>): a name, in which <c>*</c> and <c>?</c> are wildcards and <c>\</c> takes the next
/// character as it is; a number, which is an index of a list; <c>#</c>, which is a list's length, or with something behind it a
/// field of every item; <c>#(query)</c>, the first item that the query holds for; <c>#(query)#</c>, all of them. A query compares a
/// path of the item with a value by <c>=</c> or <c>==</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>,
/// <c>%</c> (like, with wildcards) and <c>!%</c>, or asks for a path alone; queries are joined by <c>&amp;&amp;</c> and <c>||</c>.
/// </remarks>
public sealed class GJsonPath
{
    private readonly GJsonSegment[] _segments;

    private GJsonPath(string source, GJsonSegment[] segments)
    {
        Source = source;
        _segments = segments;
    }

    /// <summary>Gets the path as it is written.</summary>
    public string Source { get; }

    /// <summary>Gets the first name, when it is a plain one: of <c>agents.#(id="x")</c>, <c>agents</c>.</summary>
    public string? FirstName => _segments is [{ Kind: GJsonSegmentKind.Name } first, ..] && !first.HasWildcard ? first.Text : null;

    /// <summary>Compiles a path.</summary>
    /// <exception cref="WeftException">It can't be read (code <c>path_syntax</c>).</exception>
    public static GJsonPath Parse(string path) => new(path, new GJsonParser(path).Parse());

    /// <summary>Finds what the path leads to.</summary>
    /// <param name="document">Where it begins; null is JSON null.</param>
    /// <returns>A copy that the caller owns. Null where the path leads to nothing, or to JSON null; <see cref="TrySelect"/> tells them apart.</returns>
    public JsonNode? Select(JsonNode? document) => TrySelect(document, out var found) ? found : null;

    /// <summary>Finds what the path leads to, and whether it leads anywhere.</summary>
    public bool TrySelect(JsonNode? document, out JsonNode? found)
    {
        var isFound = GJsonWalk.TryFollow(document, _segments, 0, out var node);
        found = isFound ? node?.DeepClone() : null;
        return isFound;
    }
}
