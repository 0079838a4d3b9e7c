using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>
/// Finds out whether an expression needs the inside of a stored payload, and what an activity must be given to evaluate it.
/// </summary>
internal static class PayloadPaths
{
    /// <summary>Whether evaluating over these paths would meet a stand-in instead of the value it needs.</summary>
    /// <param name="paths">What is read.</param>
    /// <param name="scope">Where it is read.</param>
    /// <param name="forwards">Whether the value at the end of the only path is passed on as it is, so that a stand-in there will
    /// do.</param>
    public static bool NeedFetching(IReadOnlyList<ReferencedPath> paths, ExpressionScope scope, bool forwards)
    {
        foreach (var path in paths)
        {
            if (!scope.TryGet(path.Root, out var node))
            {
                continue;
            }

            var step = 1;
            while (step < path.Segments.Count && node is not null && PayloadReference.HashOf(node) is null)
            {
                node = Member(node, path.Segments[step++]);
            }

            if (PayloadReference.HashOf(node) is not null ? !(forwards && step == path.Segments.Count)
                : !forwards && PayloadReference.IsIn(node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A path to each name of the scope.</summary>
    public static IReadOnlyList<ReferencedPath> Everything(ExpressionScope scope) =>
        [.. scope.Names.Select(x => new ReferencedPath([x], Tolerant: true))];

    /// <summary>The parts of the scope that lie on the paths, and no more.</summary>
    public static JsonObject Values(IEnumerable<ReferencedPath> paths, ExpressionScope scope)
    {
        var values = new JsonObject();
        var whole = new List<IReadOnlyList<string>>();
        foreach (var path in paths.OrderBy(x => x.Segments.Count))
        {
            if (!scope.TryGet(path.Root, out var node))
            {
                continue;
            }

            var depth = 1;
            while (depth < path.Segments.Count && node is JsonObject members && PayloadReference.HashOf(node) is null
                && members.TryGetPropertyValue(path.Segments[depth], out var member))
            {
                node = member;
                depth++;
            }

            IReadOnlyList<string> known = [.. path.Segments.Take(depth)];
            if (!whole.Exists(x => x.Count <= known.Count && x.SequenceEqual(known.Take(x.Count), StringComparer.Ordinal)))
            {
                whole.Add(known);
                Put(values, known, node);
            }
        }

        return values;
    }

    private static void Put(JsonObject values, IReadOnlyList<string> path, JsonNode? node)
    {
        var at = values;
        foreach (var name in path.SkipLast(1))
        {
            if (at[name] is not JsonObject inside)
            {
                inside = [];
                at[name] = inside;
            }

            at = inside;
        }

        at[path[^1]] = node?.DeepClone();
    }

    private static JsonNode? Member(JsonNode node, string name) => node switch
    {
        JsonObject members => members[name],
        JsonArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count =>
            items[index],
        _ => null,
    };
}
