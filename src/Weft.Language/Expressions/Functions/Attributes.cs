using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Fields of items, by a dotted path.</summary>
internal static class Attributes
{
    /// <summary>The field of every item; one that an item has not is an error, or in lenient mode null and a warning.</summary>
    public static Value[] Pick(Arguments a, Value[] items, string path)
    {
        var picked = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            picked[i] = Of(a, items[i], path, i);
        }

        return picked;
    }

    public static Value Of(Arguments a, Value item, string path, int index)
    {
        a.Context.Budget.Spend();
        return Member.TryFollow(item, path, out var found)
            ? found
            : a.Context.Require(Value.Of(new UndefinedPath($"[{index}].{path}", path, item, a.Context.At)));
    }

    /// <summary>The field, or a value that is missing.</summary>
    public static Value Find(Arguments a, Value item, string path)
    {
        a.Context.Budget.Spend();
        return Member.TryFollow(item, path, out var found) ? found : Value.Of(new UndefinedPath(path, path, item, a.Context.At));
    }

    /// <summary>What items are compared by: themselves, or one of their fields.</summary>
    public static Value[] Keys(Arguments a, Value[] items, int parameter) =>
        a.Has(parameter) && a[parameter].Kind != ValueKind.Null ? Pick(a, items, a.Text(parameter)) : items;
}
