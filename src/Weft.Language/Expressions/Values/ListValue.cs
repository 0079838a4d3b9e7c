namespace Weft.Language.Expressions.Values;

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
