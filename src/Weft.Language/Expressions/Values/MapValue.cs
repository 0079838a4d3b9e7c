namespace Weft.Language.Expressions.Values;

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
