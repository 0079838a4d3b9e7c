using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Items taken, left out, changed and grouped.</summary>
internal static class SelectionFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("map", "values, field, arguments…",
            "A field of every item (`map('name')`, `map(attribute='name', default=0)`), or a function of every item (`map('upper')`).",
            Map) { WithNames = "mapField" },
        new("mapField", "values, attribute, default?", "The form of `map` with names.", MapField) { IsHidden = true },
        new("filter", "values, field?, operator?, value?",
            "The items whose field is true, or equals a value (`filter('priority', 'high')`), or passes a test (`filter('score', '>', "
            + "0.5)`).", a => Filter(a, keep: true)) { Aliases = ["where"] },
        new("selectattr", "values, field, test?, value?",
            "The items whose field is true, or passes a test (`selectattr('score', 'gt', 0.5)`).", a => ByField(a, keep: true)),
        new("rejectattr", "values, field, test?, value?", "The items that `selectattr` leaves out.", a => ByField(a, keep: false)),
        new("select", "values, test?, value?", "The items that are true, or pass a test (`select('gt', 3)`).", a => ByItem(a, keep: true)),
        new("reject", "values, test?, value?", "The items that `select` leaves out.", a => ByItem(a, keep: false)),
        new("groupby", "values, field, default?",
            "Pairs of a field's value and the items that have it, in its order; `.grouper` and `.list` name them too.",
            GroupBy) { Aliases = ["groupBy", "group_by"] },
        new("pluck", "values, field…", "The field of every item that has it. Go form: `pluck name object…`.", Pluck),
        new("countBy", "values, field", "How many items have each value of a field, as an object.", CountBy) { Aliases = ["count_by"] },
        new("keyBy", "values, field", "The items as an object, by a field.", KeyBy) { Aliases = ["indexBy", "key_by"] },
    ];

    private static Value Map(Arguments a)
    {
        var items = a.Items(0);
        if (!a[1].IsText)
        {
            throw a.Wrong(1, "a field's or a function's name");
        }

        var name = a.Text(1);

        // A name that both a field and a function have is the field where an item has it.
        var function = Array.Exists(items, x => x.IsObject && Member.TryFollow(x, name, out _)) ? null : FunctionTable.Find(name);
        if (function is null || function.Required > a.Count - 1)
        {
            return Value.Of(Attributes.Pick(a, items, name));
        }

        Value[] rest = [.. a.All.Skip(2)];
        return Value.Of(Array.ConvertAll(items, x =>
        {
            a.Context.Budget.Spend();
            return function.Invoke(a.Context, [x, .. rest]);
        }));
    }

    private static Value MapField(Arguments a) => Value.Of(a.Has(2)
        ? Array.ConvertAll(a.Items(0), x => Attributes.Find(a, x, a.Text(1)) is { IsMissing: false } found ? found : a.All[2])
        : Attributes.Pick(a, a.Items(0), a.Text(1)));

    private static Value Filter(Arguments a, bool keep)
    {
        if (!a.Has(1))
        {
            return Value.Of(Array.FindAll(a.Items(0), x => x.IsTruthy == keep));
        }

        var field = a.Text(1);
        if (a.Count <= 2)
        {
            return Value.Of(Array.FindAll(a.Items(0), x => Attributes.Find(a, x, field).IsTruthy == keep));
        }

        return a.Count == 3
            ? Value.Of(Array.FindAll(a.Items(0),
                x => Attributes.Find(a, x, field) is { IsMissing: false } found
                    && ValueOrder.Same(found, a.All[2], a.Context.Budget) == keep))
            : ByField(a, keep);
    }

    private static Value ByField(Arguments a, bool keep)
    {
        var field = a.Text(1);
        var holds = Test(a, 2);
        return Value.Of(Array.FindAll(a.Items(0), x => holds(Attributes.Find(a, x, field)) == keep));
    }

    private static Value ByItem(Arguments a, bool keep)
    {
        var holds = Test(a, 1);
        return Value.Of(Array.FindAll(a.Items(0), x => holds(x) == keep));
    }

    private static Predicate<Value> Test(Arguments a, int index)
    {
        if (!a.Has(index))
        {
            return x => x.IsTruthy;
        }

        var name = a.Text(index);
        var test = ValueTests.Find(name)
            ?? throw a.Fault($"There is no test '{name}'.{NearMiss.HintOrList(name, ValueTests.Names, "Tests", 40)}",
                TemplateErrorCodes.UnknownFunction);
        Value[] arguments = a.Count > index + 1 ? [a[index + 1]] : [];
        if (arguments.Length != test.Arguments)
        {
            throw a.Fault($"The test '{name}' takes {test.Arguments} argument{(test.Arguments == 1 ? "" : "s")}.");
        }

        // A field that an item lacks passes no test but those that ask for it.
        return x => (test.IsTolerant || !x.IsMissing) && test.Holds(a.Context, x, arguments);
    }

    private static Value GroupBy(Arguments a)
    {
        var items = a.Items(0);
        var field = a.Text(1);
        Value[] keys = [.. items.Select(
            (x, i) => a.Has(2) && Attributes.Find(a, x, field).IsMissing ? a[2] : Attributes.Of(a, x, field, i))];
        var groups = new Dictionary<string, (Value Key, List<Value> Items)>(StringComparer.Ordinal);
        for (var i = 0; i < items.Length; i++)
        {
            var key = ValueOrder.KeyOf(keys[i], a.Context.Limits.OutputLength);
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = (keys[i], []);
            }

            group.Items.Add(items[i]);
        }

        Value[] pairs = [.. groups.Values.Select(x => ListShapeFunctions.Pair(x.Key, Value.Of(x.Items)))];
        return Value.Of(ListFunctions.Sorted(a, pairs, [.. groups.Values.Select(x => x.Key)], reverse: false, caseSensitive: false));
    }

    private static Value Pluck(Arguments a)
    {
        // Sprig's 'pluck name object…' has the field first.
        var (items, field) = a[0].IsText ? ([.. a.All.Skip(1)], a.Text(0))
            : a.Count == 2 ? (a.Items(0), a.Text(1)) : throw a.Fault("'pluck' takes a list and the name of a field.");
        return Value.Of(items.Select(x => Attributes.Find(a, x, field)).Where(x => !x.IsMissing).ToArray());
    }

    private static Value CountBy(Arguments a)
    {
        var counts = new MapValue();
        var items = a.Items(0);
        for (var i = 0; i < items.Length; i++)
        {
            var name = a.Context.TextOf(Attributes.Of(a, items[i], a.Text(1), i));
            counts[name] = Value.Of(counts.TryGet(name, out var count) ? count.AsInteger + 1 : 1L);
        }

        return Value.Of(counts);
    }

    private static Value KeyBy(Arguments a)
    {
        var map = new MapValue();
        var items = a.Items(0);
        for (var i = 0; i < items.Length; i++)
        {
            map[a.Context.TextOf(Attributes.Of(a, items[i], a.Text(1), i))] = items[i];
        }

        return Value.Of(map);
    }
}
