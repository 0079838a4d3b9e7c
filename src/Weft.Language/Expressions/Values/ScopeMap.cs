namespace Weft.Language.Expressions.Values;

/// <summary>The scope as an object, for <c>$</c>, a bare <c>.</c>, and JMESPath. A name is made when it is read.</summary>
internal sealed class ScopeMap(ExpressionScope scope) : MapSource
{
    public override int Count => scope.Names.Count;

    public override int Depth => 0;

    public override IEnumerable<string> Names => scope.Names;

    public override IEnumerable<KeyValuePair<string, Value>> Entries
    {
        get
        {
            foreach (var name in scope.Names)
            {
                TryGet(name, out var value);
                yield return new KeyValuePair<string, Value>(name, value);
            }
        }
    }

    public override bool TryGet(string name, out Value value)
    {
        if (scope.TryGet(name, out var node))
        {
            value = Value.FromNode(node);
            return true;
        }

        value = default;
        return false;
    }
}
