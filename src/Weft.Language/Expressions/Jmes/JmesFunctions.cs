using System.Collections.Frozen;
using Weft.Language.Expressions.Functions;
using Weft.Language.Expressions.Values;
using static Weft.Language.Expressions.Jmes.JmesTypes;

namespace Weft.Language.Expressions.Jmes;

/// <summary>The functions of the specification, and those that jmespath.site has added without changing any.</summary>
internal static class JmesFunctions
{
    private const int TextLimit = 4 * 1024 * 1024;

    private static readonly FrozenDictionary<string, JmesFunction> ByName = ((JmesFunction[])
    [
        new("abs", [Number], 1, 1, c => c[0].AsDouble < 0 ? Negated(c[0]) : c[0]),
        new("avg", [Numbers], 1, 1, c => c[0].Count == 0 ? Value.Null : Value.Of(c.Items(0).Sum(x => x.AsDouble) / c[0].Count)),
        new("ceil", [Number], 1, 1, c => Whole(c[0], Math.Ceiling)),
        new("contains", [JmesTypes.Array | JmesTypes.String, Any], 2, 2, Contains),
        new("ends_with", [JmesTypes.String, JmesTypes.String], 2, 2,
            c => Value.Of(c.Text(0).EndsWith(c.Text(1), StringComparison.Ordinal))),
        new("floor", [Number], 1, 1, c => Whole(c[0], Math.Floor)),
        new("join", [JmesTypes.String, Strings], 2, 2, c => Join(c)),
        new("keys", [JmesTypes.Object], 1, 1, c => Value.Of(c[0].MemberNames().Select(Value.Of).ToArray())),
        new("length", [JmesTypes.String | JmesTypes.Array | JmesTypes.Object], 1, 1, c => Value.Of((long)c[0].Count)),
        new("map", [Expression, JmesTypes.Array], 2, 2, c => Value.Of(c.Items(1).Select(x => c.Apply(0, x)).ToArray())),
        new("max", [Numbers | Strings], 1, 1, c => Best(c, c.Items(0), c.Items(0), 1)),
        new("max_by", [JmesTypes.Array, Expression], 2, 2, c => Best(c, c.Items(0), Keys(c), 1)),
        new("merge", [JmesTypes.Object], 0, int.MaxValue, Merge),
        new("min", [Numbers | Strings], 1, 1, c => Best(c, c.Items(0), c.Items(0), -1)),
        new("min_by", [JmesTypes.Array, Expression], 2, 2, c => Best(c, c.Items(0), Keys(c), -1)),
        new("not_null", [Any], 1, int.MaxValue,
            c => System.Array.Find(c.All, x => !x.IsNothing) is { Kind: > ValueKind.Undefined } found ? found : Value.Null),
        new("reverse", [JmesTypes.String | JmesTypes.Array], 1, 1,
            c => c[0].IsText ? Value.Of(CodePoints.Reverse(c.Text(0))) : Value.Of(c.Items(0).Reverse().ToArray())),
        new("sort", [Numbers | Strings], 1, 1, c => Sorted(c, c.Items(0), c.Items(0))),
        new("sort_by", [JmesTypes.Array, Expression], 2, 2, c => Sorted(c, c.Items(0), Keys(c))),
        new("starts_with", [JmesTypes.String, JmesTypes.String], 2, 2,
            c => Value.Of(c.Text(0).StartsWith(c.Text(1), StringComparison.Ordinal))),
        new("sum", [Numbers], 1, 1, Sum),
        new("to_array", [Any], 1, 1, c => c[0].IsList ? c[0] : Value.Of((Value[])[c[0]])),
        new("to_number", [Any], 1, 1, c => c[0].IsNumber ? c[0] : c[0].IsText ? ToNumber(c.Text(0)) : Value.Null),
        new("to_string", [Any], 1, 1, c => c[0].IsText ? c[0] : Value.Of(ValueText.JsonOf(c[0], 0, TextLimit))),
        new("type", [Any], 1, 1, c => Value.Of(LogicFunctions.Kind(c[0]))),
        new("values", [JmesTypes.Object], 1, 1, c => Value.Of(c[0].Members().Select(x => x.Value).ToArray())),
        .. JmesTextFunctions.All,
        new("items", [JmesTypes.Object], 1, 1,
            c => Value.Of(c[0].Members().Select(x => Value.Of((Value[])[Value.Of(x.Key), x.Value])).ToArray())),
        new("from_items", [JmesTypes.Array], 1, 1, FromItems),
        new("group_by", [JmesTypes.Array, Expression], 2, 2, GroupBy),
        new("zip", [JmesTypes.Array], 1, int.MaxValue, Zip),
    ]).ToFrozenDictionary(x => x.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => ByName.Keys;

    public static JmesFunction? Find(string name) => ByName.GetValueOrDefault(name);

    private static Value Negated(Value number) =>
        number.Kind == ValueKind.Integer && number.AsInteger != long.MinValue ? Value.Of(-number.AsInteger) : Value.Of(-number.AsDouble);

    private static Value Whole(Value number, Func<double, double> round)
    {
        if (number.Kind == ValueKind.Integer)
        {
            return number;
        }

        var whole = round(number.AsDouble);
        return Math.Abs(whole) < 9e15 ? Value.Of((long)whole) : Value.Of(whole);
    }

    private static Value Contains(JmesCall c) => c[0].IsText
        ? Value.Of(c[1].IsText && c.Text(0).Contains(c.Text(1), StringComparison.Ordinal))
        : Value.Of(System.Array.Exists(c.Items(0), x => ValueOrder.Same(x, c.All[1], c.Context.Budget)));

    private static Value Join(JmesCall c)
    {
        var items = c.Items(1);
        var length = items.Sum(x => (long)x.AsText.Length + c.Text(0).Length);
        c.Context.Budget.Spend(length / 16);
        return length <= TextLimit ? Value.Of(string.Join(c.Text(0), items.Select(x => x.AsText)))
            : throw c.Fault("limit", "The text grows too long.");
    }

    private static Value Sum(JmesCall c)
    {
        var exact = (Int128)0;
        var total = 0.0;
        var isExact = true;
        foreach (var item in c.Items(0))
        {
            isExact &= item.Kind == ValueKind.Integer;
            exact += isExact ? item.AsInteger : 0;
            total += item.AsDouble;
        }

        return isExact && exact >= long.MinValue && exact <= long.MaxValue ? Value.Of((long)exact) : Value.Of(total);
    }

    private static Value ToNumber(string text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-') && NumberFunctions.Parse(text) is { } number ? number
            : Value.Null;

    // The keys must all be numbers, or all be texts.
    private static Value[] Keys(JmesCall c)
    {
        var keys = System.Array.ConvertAll(c.Items(0), x => c.Apply(1, x));
        return System.Array.TrueForAll(keys, x => x.IsNumber) || System.Array.TrueForAll(keys, x => x.IsText)
            ? keys
            : throw c.Fault("invalid-type", "The expression must give a number of every item, or a text of every item.");
    }

    private static Value Best(JmesCall c, Value[] items, Value[] keys, int sign)
    {
        var best = -1;
        for (var i = 0; i < items.Length; i++)
        {
            if (best < 0 || Order(c, keys[i], keys[best]) * sign > 0)
            {
                best = i;
            }
        }

        return best < 0 ? Value.Null : items[best];
    }

    private static Value Sorted(JmesCall c, Value[] items, Value[] keys)
    {
        c.Context.Budget.Spend(items.Length * (long)Math.Max(1, Math.ILogB(items.Length + 1)));
        var order = Enumerable.Range(0, items.Length).ToArray();
        System.Array.Sort(order, (x, y) => Order(null, keys[x], keys[y]) is var result && result != 0 ? result : x.CompareTo(y));
        return Value.Of(System.Array.ConvertAll(order, x => items[x]));
    }

    private static int Order(JmesCall? c, Value left, Value right)
    {
        c?.Context.Budget.Spend();
        return left.IsText ? ValueOrder.CompareText(left.AsText, right.AsText) : left.AsDouble.CompareTo(right.AsDouble);
    }

    private static Value Merge(JmesCall c)
    {
        var merged = new MapValue();
        foreach (var item in c.All)
        {
            c.Context.Budget.Spend(item.Count);
            foreach (var (name, value) in item.Members())
            {
                merged[name] = value;
            }
        }

        return Value.Of(merged);
    }

    private static Value FromItems(JmesCall c)
    {
        var map = new MapValue();
        foreach (var pair in c.Items(0))
        {
            if (!pair.IsList || pair.Count != 2 || !pair.ItemAt(0).IsText)
            {
                throw c.Fault("invalid-value", "'from_items' takes pairs of a name and a value.");
            }

            map[pair.ItemAt(0).AsText] = pair.ItemAt(1);
        }

        return Value.Of(map);
    }

    private static Value GroupBy(JmesCall c)
    {
        var groups = new OrderedDictionary<string, List<Value>>(StringComparer.Ordinal);
        foreach (var item in c.Items(0))
        {
            var key = c.Apply(1, item);
            if (!key.IsText)
            {
                throw c.Fault("invalid-type", $"'group_by' groups by a text, not by {key.KindName}.");
            }

            if (!groups.TryGetValue(key.AsText, out var group))
            {
                groups[key.AsText] = group = [];
            }

            group.Add(item);
        }

        var map = new MapValue();
        foreach (var (name, items) in groups)
        {
            map[name] = Value.Of(items);
        }

        return Value.Of(map);
    }

    private static Value Zip(JmesCall c)
    {
        Value[][] lists = [.. Enumerable.Range(0, c.Count).Select(c.Items)];
        var length = lists.Min(x => x.Length);
        return Value.Of(Enumerable.Range(0, length).Select(i => Value.Of(lists.Select(x => x[i]).ToArray())).ToArray());
    }

}
