namespace Weft.Workflows.Definitions.Source;

/// <summary>A value of a YAML or JSON text, and where it stands. Immutable; an alias shares the node of its anchor.</summary>
internal abstract class SourceNode(SourceFile file, int line, int column)
{
    public SourceFile File { get; } = file;

    /// <summary>Gets the line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Gets the column, from 1.</summary>
    public int Column { get; } = column;

    public SourceSpan Span => new(File.Name, Line, Column);

    /// <summary>Gets what it is, for messages: <c>a list</c>, <c>a mapping</c>, <c>a number</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>What a scalar is by the core schema of YAML 1.2. A quoted scalar is always text.</summary>
internal enum ScalarKind
{
    /// <summary>Text; also <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c>.</summary>
    Text,

    /// <summary><c>null</c>, <c>~</c> or nothing.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A whole number: decimal, <c>0x1F</c> or <c>0o17</c>.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,
}

/// <summary>A list.</summary>
internal sealed class SourceList(SourceFile file, int line, int column, IReadOnlyList<SourceNode> items) : SourceNode(file, line, column)
{
    public IReadOnlyList<SourceNode> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>One entry of a mapping.</summary>
internal readonly record struct SourceEntry(SourceScalar Key, SourceNode Value);

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
