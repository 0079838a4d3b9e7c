namespace Weft.Language.Schemas;

/// <summary>
/// Which members or items of one value some part of its schema has looked at: what <c>unevaluatedProperties</c> and
/// <c>unevaluatedItems</c> leave out.
/// </summary>
internal sealed class Evaluated
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<int> _items = [];
    private bool _all;

    public void Add(string name) => _names.Add(name);

    public void Add(int item) => _items.Add(item);

    public void AddAll() => _all = true;

    public void Add(Evaluated other)
    {
        _all |= other._all;
        _names.UnionWith(other._names);
        _items.UnionWith(other._items);
    }

    public bool Has(string name) => _all || _names.Contains(name);

    public bool Has(int item) => _all || _items.Contains(item);
}
