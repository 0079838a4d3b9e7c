namespace Weft.Workflows.Expressions.Values;

/// <summary>A list that an expression made. It never changes.</summary>
internal sealed class ListValue
{
    public ListValue(Value[] items)
    {
        Items = items;
        var depth = 0;
        foreach (var item in items)
        {
            depth = Math.Max(depth, item.MadeDepth);
        }

        Depth = Nesting.Checked(depth + 1);
    }

    public Value[] Items { get; }

    public int Depth { get; }
}

/// <summary>Named values that are not a JSON object: those that an expression made, or the scope itself.</summary>
internal abstract class MapSource
{
    public abstract int Count { get; }

    public abstract int Depth { get; }

    public abstract IEnumerable<KeyValuePair<string, Value>> Entries { get; }

    public abstract IEnumerable<string> Names { get; }

    public abstract bool TryGet(string name, out Value value);
}

/// <summary>An object that an expression made, in the order of its making.</summary>
internal sealed class MapValue : MapSource
{
    private readonly OrderedDictionary<string, Value> _members;
    private int _depth = 1;

    public MapValue(int capacity = 0) => _members = new OrderedDictionary<string, Value>(capacity, StringComparer.Ordinal);

    public override int Count => _members.Count;

    public override int Depth => _depth;

    public override IEnumerable<KeyValuePair<string, Value>> Entries => _members;

    public override IEnumerable<string> Names => _members.Keys;

    public Value this[string name]
    {
        set
        {
            _depth = Nesting.Checked(Math.Max(_depth, value.MadeDepth + 1));
            _members[name] = value;
        }
    }

    public static MapValue CopyOf(Value value)
    {
        var copy = new MapValue(value.Count);
        foreach (var (name, member) in value.Members())
        {
            copy[name] = member;
        }

        return copy;
    }

    public override bool TryGet(string name, out Value value) => _members.TryGetValue(name, out value);

    public void Remove(string name) => _members.Remove(name);
}

/// <summary>Where a path left the data: what the error or the warning says.</summary>
/// <param name="Path">The path up to the segment that was not found, such as <c>tasks.triage.ouput</c>.</param>
/// <param name="Segment">The segment that was not found.</param>
/// <param name="Container">What was asked for it; <see cref="ValueKind.Absent"/> for the scope.</param>
/// <param name="Offset">Where in the template the path is written.</param>
internal sealed record UndefinedPath(string Path, string Segment, Value Container, int Offset);

internal static class Nesting
{
    /// <summary>How deep values may be nested inside each other by an expression. Deeper ones are a runaway loop.</summary>
    public const int Deepest = 64;

    public static int Checked(int depth) => depth <= Deepest
        ? depth
        : throw new WeftException("template_limit", $"The expression nests lists or objects more than {Deepest} levels deep.");
}
