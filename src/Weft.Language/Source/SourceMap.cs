namespace Weft.Language.Source;

/// <summary>A mapping, in the order of the file.</summary>
internal sealed class SourceMap(SourceFile file, int line, int column, IReadOnlyList<SourceEntry> entries) : SourceNode(file, line, column)
{
    private const int LongestScan = 16;

    private Dictionary<string, int>? _index;

    public IReadOnlyList<SourceEntry> Entries { get; } = entries;

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
                if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
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
                index.TryAdd(Entries[i].Key.Text, i);
            }

            _index = index;
        }

        return _index.TryGetValue(key, out var at) ? Entries[at] : null;
    }

    /// <summary>The first of several spellings of a key that is there.</summary>
    public SourceEntry? FindAny(params ReadOnlySpan<string> spellings)
    {
        foreach (var spelling in spellings)
        {
            if (Find(spelling) is { } entry)
            {
                return entry;
            }
        }

        return null;
    }
}
