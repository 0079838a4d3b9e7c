namespace Weft.Language.Expressions.Values;

/// <summary>Named values that are not a JSON object: those that an expression made, or the scope itself.</summary>
internal abstract class MapSource
{
    public abstract int Count { get; }

    public abstract int Depth { get; }

    public abstract IEnumerable<KeyValuePair<string, Value>> Entries { get; }

    public abstract IEnumerable<string> Names { get; }

    public abstract bool TryGet(string name, out Value value);
}
