using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Directives;

/// <summary>Measures a tree whose parts are shared, as if each were written out.</summary>
internal static class TreeSize
{
    /// <summary>Whether the tree is small and flat enough to be walked; reports it when it is not.</summary>
    public static bool IsWithinLimits(SourceMap root, DiagnosticBag bag)
    {
        var (count, depth) = Measure(root, new Dictionary<SourceNode, (long Count, int Depth)>(ReferenceEqualityComparer.Instance));
        if (count > LoadLimits.MaxNodes)
        {
            bag.Error(DiagnosticCodes.TooManyValues, root,
                $"With its references written out, the text holds more than {LoadLimits.MaxNodes:N0} values.");
        }
        else if (depth > LoadLimits.MaxNesting)
        {
            bag.Error(DiagnosticCodes.NestedTooDeep, root,
                $"With its references written out, lists and mappings are nested deeper than {LoadLimits.MaxNesting} levels.");
        }

        return count <= LoadLimits.MaxNodes && depth <= LoadLimits.MaxNesting;
    }

    private static (long Count, int Depth) Measure(SourceNode node, Dictionary<SourceNode, (long Count, int Depth)> known)
    {
        if (node is SourceScalar or SourceBroken)
        {
            return (1, 0);
        }

        if (known.TryGetValue(node, out var measured))
        {
            return measured;
        }

        var (count, depth) = (1L, 0);
        var children = node is SourceList list ? list.Items : ((SourceMap)node).Entries.Select(e => e.Value);
        foreach (var child in children)
        {
            var inner = Measure(child, known);
            count = Math.Min(count + inner.Count, int.MaxValue);
            depth = Math.Max(depth, inner.Depth);
        }

        return known[node] = (count, depth + 1);
    }
}
