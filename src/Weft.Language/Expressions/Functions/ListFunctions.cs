using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>What lists hold: ends, sums, order.</summary>
internal static class ListFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("length", "value", "The number of items, members or characters; of null, 0.", Length) { Aliases = ["count", "len", "size"] },
        new("first", "values", "The first item or character; null when there is none.", a => Ends(a, x => x[0])),
        new("last", "values", "The last item or character; null when there is none.", a => Ends(a, x => x[^1])),
        new("rest", "values", "All items but the first.", a => Value.Of(a.Items(0).Skip(1).ToArray())),
        new("initial", "values", "All items but the last.", a => Value.Of(a.Items(0).SkipLast(1).ToArray())),
        new("sum", "values, attribute?, start?", "The sum of the numbers, or of one field of the items; null counts nothing.", Sum),
        new("avg", "values, attribute?",
            "The mean of the numbers, or of one field of the items; null counts nothing, and of nothing it is null.",
            Average) { Aliases = ["average", "mean"] },
        new("min", "values…", "The least of a list or of its arguments; null of nothing.",
            a => Extreme(a, a is { Count: 1 } && a[0].IsList ? a.Items(0) : a.All, null, -1)) { WithNames = "minBy" },
        new("max", "values…", "The greatest of a list or of its arguments; null of nothing.",
            a => Extreme(a, a is { Count: 1 } && a[0].IsList ? a.Items(0) : a.All, null, 1)) { WithNames = "maxBy" },
        new("minBy", "values, attribute", "The item whose field is the least; null of nothing.",
            a => Extreme(a, a.Items(0), a.Text(1), -1)) { Aliases = ["min_by"] },
        new("maxBy", "values, attribute", "The item whose field is the greatest; null of nothing.",
            a => Extreme(a, a.Items(0), a.Text(1), 1)) { Aliases = ["max_by"] },
        new("sort", "values, reverse?, case_sensitive?, attribute?",
            "In order; texts without regard to case unless `case_sensitive`. Items that have no order between them are an error.",
            Sort) { Aliases = ["sorted"] },
        new("sortBy", "values, attribute, reverse?", "In order of one field of the items.",
            a => Value.Of(
                Sorted(a, a.Items(0), Attributes.Pick(a, a.Items(0), a.Text(1)), a.Flag(2),
                    caseSensitive: false))) { Aliases = ["sort_by"] },
        new("sortAlpha", "values", "In the order of their texts.",
            a => Value.Of(a.Items(0).Select(x => Value.Of(a.Context.TextOf(x))).OrderBy(x => x.AsText, StringComparer.Ordinal).ToArray())),
        new("reverse", "values", "Backwards; a text too.", Reverse) { Aliases = ["reversed"] },
        new("unique", "values, case_sensitive?, attribute?",
            "Each item once, the first of equal ones; texts are equal whatever their case unless `case_sensitive`.", Unique),
        new("uniq", "values", "Each item once, the first of equal ones.",
            a => Value.Of(Distinct(a, a.Items(0), a.Items(0), caseSensitive: true))),
        new("has", "values, item", "Whether the list has the item. Go form: `has item values`.",
            a => Value.Of(Membership.Contains(a.Context, a[0], a[1]))) { Order = GoOrder.ValueLast },
        new("index", "value, keys…", "What is at the names and indexes, one after the other.", Index) { IsTolerant = true },
        new("cycleOf", "loop, values…", "The method form of `loop.cycle`.",
            a => a.Count > 1 && a[0].TryGetMember("index0", out var i) ? a[1 + (int)(i.AsInteger % (a.Count - 1))]
                : Value.Null) { IsHidden = true },
    ];

    public static Value[] Distinct(Arguments a, Value[] items, Value[] keys, bool caseSensitive)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new List<Value>();
        for (var i = 0; i < items.Length; i++)
        {
            a.Context.Budget.Spend();
            if (seen.Add(ValueOrder.KeyOf(Folded(keys[i], caseSensitive), a.Context.Limits.OutputLength)))
            {
                distinct.Add(items[i]);
            }
        }

        return [.. distinct];
    }

    /// <summary>A stable sort by keys.</summary>
    public static Value[] Sorted(Arguments a, Value[] items, Value[] keys, bool reverse, bool caseSensitive)
    {
        var folded = Array.ConvertAll(keys, x => Folded(x, caseSensitive));
        var order = new int[items.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        try
        {
            Array.Sort(order, (x, y) =>
            {
                if (!ValueOrder.TryCompare(folded[x], folded[y], a.Context.Budget, out var result))
                {
                    // Null has no order in Python; here it comes first, since data has it wherever a field is empty.
                    result = folded[x].IsNothing || folded[y].IsNothing
                        ? folded[y].IsNothing.CompareTo(folded[x].IsNothing)
                        : throw a.Fault(
                            $"There is no order between "
                            + $"{string.Join(" and ", new[] { folded[x].KindName, folded[y].KindName }.Order(StringComparer.Ordinal))}. "
                            + $"Sort by an 'attribute'.");
                }

                return result != 0 ? reverse ? -result : result : x.CompareTo(y);
            });
        }
        catch (InvalidOperationException exception) when (exception.InnerException is ExpressionException cause)
        {
            throw cause is TemplateException ? cause : a.Fault(cause.Message, cause.Code);
        }

        return Array.ConvertAll(order, x => items[x]);
    }

    private static Value Folded(Value key, bool caseSensitive) =>
        !caseSensitive && key.IsText ? Value.Of(key.AsText.ToLowerInvariant()) : key;

    private static Value Length(Arguments a) => a[0].Kind switch
    {
        ValueKind.Array or ValueKind.Object or ValueKind.Null => Value.Of((long)a[0].Count),
        ValueKind.String => Value.Of((long)CodePoints.Count(a.Text(0))),
        _ => throw a.Wrong(0, "a list, an object or a text"),
    };

    private static Value Ends(Arguments a, Func<Value[], Value> pick)
    {
        if (a[0].IsList && a[0].Count > 0)
        {
            return pick([a[0].ItemAt(0), a[0].ItemAt(a[0].Count - 1)]);
        }

        var items = a.Items(0);
        return items.Length == 0 ? Value.Null : pick(items);
    }

    private static Value Sum(Arguments a)
    {
        var total = a.Has(2) ? a.Number(2) : Value.Of(0L);
        foreach (var item in Attributes.Keys(a, a.Items(0), 1))
        {
            total = item.IsNothing ? total : Arithmetic.Apply(a.Context, BinaryOperator.Add, total, Number(a, item));
        }

        return total;
    }

    private static Value Average(Arguments a)
    {
        Value[] numbers = [.. Attributes.Keys(a, a.Items(0), 1).Where(x => !x.IsNothing)];
        if (numbers.Length == 0)
        {
            return Value.Null;
        }

        var total = numbers.Aggregate(Value.Of(0L), (sum, x) => Arithmetic.Apply(a.Context, BinaryOperator.Add, sum, Number(a, x)));
        return Arithmetic.Apply(a.Context, BinaryOperator.Divide, total, Value.Of((long)numbers.Length));
    }

    private static Value Number(Arguments a, Value item) => item.IsNumber ? item
        : item.Kind == ValueKind.Boolean ? Value.Of(item.AsInteger)
        : throw a.Fault($"A sum has numbers, not {item.KindName}. Convert with map('float'), or name the field: sum('price').");

    private static Value Extreme(Arguments a, Value[] items, string? attribute, int sign)
    {
        var keys = attribute is null ? items : Attributes.Pick(a, items, attribute);
        var best = -1;
        for (var i = 0; i < items.Length; i++)
        {
            if (keys[i].IsNothing)
            {
                continue;
            }

            if (best < 0 || BinaryExpr.Compare(a.Context, keys[i], keys[best]) is { } order && order * sign > 0)
            {
                best = i;
            }
        }

        return best < 0 ? Value.Null : items[best];
    }

    private static Value Sort(Arguments a)
    {
        // 'sort("price")' names the field; 'sort(true)' turns the order around.
        var attribute = a[1].IsText ? 1 : 3;
        var items = a.Items(0);
        return Value.Of(Sorted(a, items, Attributes.Keys(a, items, attribute), attribute != 1 && a.Flag(1), a.Flag(2)));
    }

    private static Value Reverse(Arguments a)
    {
        if (a[0].IsText)
        {
            return Value.Of(CodePoints.Reverse(a.Text(0)));
        }

        var items = (Value[])a.Items(0).Clone();
        Array.Reverse(items);
        return Value.Of(items);
    }

    private static Value Unique(Arguments a)
    {
        var attribute = a[1].IsText ? 1 : 2;
        var items = a.Items(0);
        return Value.Of(Distinct(a, items, Attributes.Keys(a, items, attribute), attribute != 1 && a.Flag(1)));
    }

    private static Value Index(Arguments a)
    {
        var value = a[0];
        for (var i = 1; i < a.Count && value.Kind != ValueKind.Undefined; i++)
        {
            var key = a.Context.Require(a[i]);
            if (!Member.TryGetItem(a.Context, value, key, out var item))
            {
                var segment = PathExpr.Written(key);
                return Value.Of(new UndefinedPath(PathExpr.Join("index", segment), segment, value, a.Context.At));
            }

            value = item;
        }

        return value;
    }
}
