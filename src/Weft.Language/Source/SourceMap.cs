using System.Runtime.CompilerServices;

namespace Weft.Language.Source;

/// <summary>A mapping, in the order of the file.</summary>
internal sealed class SourceMap(SourceFile file, int line, int column, IReadOnlyList<SourceEntry> entries) : SourceNode(file, line, column)
{
    private const int LongestScan = 16;

    private Dictionary<string, int>? _index;

    /// <summary>Gets what holds mappings for one that were made of the same: what several places of a text share.</summary>
    public static IEqualityComparer<SourceMap> ByText { get; } = EqualityComparer<SourceMap>.Create(
        (left, right) => ReferenceEquals(left?.Written, right?.Written), map => RuntimeHelpers.GetHashCode(map.Written));

    public IReadOnlyList<SourceEntry> Entries { get; } = entries;

    /// <summary>Gets the mapping as it is written, from which the shape check made this one.</summary>
    public SourceMap Written { get => field ?? this; private init; }

    public override string Kind => "a mapping";

    /// <summary>The value of a key, or null.</summary>
    public SourceNode? this[string key] => Find(key) is { } entry ? entry.Value : null;

    public bool Has(string key) => Find(key) is not null;

    public SourceEntry? Find(string key)
    {
        if (Entries.Count <= LongestScan)
        {
            foreach (var entry in Entries)
            {
                if (string.Equals(entry.Name, key, StringComparison.Ordinal))
                {
                    return entry;
                }
            }

            return null;
        }

        if (_index is null)
        {
            var index = new Dictionary<string, int>(Entries.Count);
            for (var i = 0; i < Entries.Count; i++)
            {
                index.TryAdd(Entries[i].Name, i);
            }

            _index = index;
        }

        return _index.TryGetValue(key, out var at) ? Entries[at] : null;
    }

    /// <summary>The mapping with other entries in place of those that are written.</summary>
    public SourceMap With(IReadOnlyList<SourceEntry> changed) => new(File, Line, Column, changed) { Written = Written };
}
