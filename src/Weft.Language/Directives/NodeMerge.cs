using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Directives;

/// <summary>Merges nodes; what is merged keeps its place in its file.</summary>
internal static class NodeMerge
{
    /// <summary>Two mappings in one. On a conflict: replace takes the second, first the first, error reports it.</summary>
    public static SourceMap Maps(SourceMap first, SourceMap second, bool deep, string keyConflict, DiagnosticBag bag)
    {
        var entries = new List<SourceEntry>(first.Entries);
        var index = new Dictionary<string, int>();
        for (var i = 0; i < entries.Count; i++)
        {
            index[entries[i].Key.Text] = i;
        }

        foreach (var entry in second.Entries)
        {
            if (!index.TryGetValue(entry.Key.Text, out var place))
            {
                index[entry.Key.Text] = entries.Count;
                entries.Add(entry);
            }
            else if (deep && entries[place].Value is SourceMap inner && entry.Value is SourceMap outer)
            {
                entries[place] = new SourceEntry(entry.Key, Maps(inner, outer, deep, keyConflict, bag));
            }
            else if (keyConflict == "error")
            {
                bag.Error(DiagnosticCodes.DirectiveMerge, entry.Key,
                    $"'{entry.Key.Text}' is given twice, and the merge says that this is an error.");
            }
            else if (keyConflict == "replace")
            {
                entries[place] = entry;
            }
        }

        return new SourceMap(second.File, second.Line, second.Column, entries);
    }

    /// <summary>Several lists in one.</summary>
    public static SourceList Lists(IReadOnlyList<SourceList> sources, string strategy, SourceNode at)
    {
        IEnumerable<SourceNode> items = strategy switch
        {
            "prepend" => sources.Reverse().SelectMany(s => s.Items),
            "unique" or "union" => sources.SelectMany(s => s.Items).DistinctBy(i => i.ToJson()?.ToJsonString()),
            "replace" => sources[^1].Items,
            _ => sources.SelectMany(s => s.Items),
        };
        return new SourceList(at.File, at.Line, at.Column, [.. items]);
    }
}
