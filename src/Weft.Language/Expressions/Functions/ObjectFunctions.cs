using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Objects made, read and put together. None changes: each result is new.</summary>
internal static class ObjectFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("dict", "pairs…", "An object of names and values in turn: `dict(\"a\", 1)`, `dict(a=1)`.", Dict)
        {
            IsBare = true,
            PassesSecrets = true,
        },
        new("namespace", "pairs…",
            "A record whose fields a loop may set: `{% set ns = namespace(total=0) %}`, `{% set ns.total = ns.total + x %}`.",
            Namespace) { PassesSecrets = true },
        new("keys", "object", "The names, in document order.", a => Value.Of(a.Object(0).MemberNames().Select(Value.Of).ToArray())),
        new("values", "object", "The values, in document order; of a list, itself.",
            a => a[0].IsList ? a[0] : Value.Of(a.Object(0).Members().Select(x => x.Value).ToArray())),
        new("items", "object", "Pairs of a name and a value, in document order.", a => Value.Of(Pairs(a))),
        new("dictsort", "object, case_sensitive?, by?, reverse?",
            "Pairs of a name and a value, in order of the names, or of the values when `by` is `value`.", DictSort),
        new("fromItems", "pairs", "An object of pairs of a name and a value.", FromItems) { Aliases = ["from_items"] },
        new("get", "object, name, default?", "The value of a name; where it has none, `default`, or null. A path with dots goes deeper.",
            a => Member.TryFollow(a.Object(0), a.Text(1), out var found) ? found : a.Has(2) ? a[2] : Value.Null),
        new("set", "object, name, value", "The object with that value under the name.", Set) { PassesSecrets = true },
        new("unset", "object, name", "The object without that name.", a => Copy(a, x => x.Remove(a.Text(1)))),
        new("hasKey", "object, name", "Whether the object has the name.",
            a => Value.Of(a.Object(0).TryGetMember(a.Text(1), out _))) { Aliases = ["has_key"] },
        new("pick", "object, names…", "Only those names; a list counts as its items.", a => Pick(a, wanted: true)),
        new("omit", "object, names…", "All but those names; a list counts as its items.", a => Pick(a, wanted: false)),
        new("merge", "objects…", "All names of all objects, deeply; of a name in several, the value of the first that has it.",
            a => Merged(a, a.All)) { Aliases = ["deepMerge"] },
        new("mergeOverwrite", "objects…", "All names of all objects, deeply; of a name in several, the value of the last that has it.",
            a => Merged(a, [.. a.All.Reverse()])) { Aliases = ["combine"] },
        new("dig", "object, names…",
            "The value below the names, or the last argument where one is missing. Go form: `dig name… default object`.",
            Dig) { Order = GoOrder.ValueLast },
        new("deepCopy", "value", "The value; values never change, so that a copy is the same.", a => a[0]) { PassesSecrets = true },
    ];

    private static Value Dict(Arguments a)
    {
        var map = new MapValue();
        if (a is { Count: 1 } && a[0].IsObject)
        {
            return a[0];
        }

        if (a is { Count: 1 } && a[0].IsList)
        {
            return FromItems(a);
        }

        for (var i = 0; i < a.Count; i += 2)
        {
            map[a.Text(i)] = i + 1 < a.Count ? Stored.Checked(a.Context, a[i + 1], a.Context.At)
                : throw a.Fault("'dict' takes names and values in turn; the last name has no value.");
        }

        return Value.Of(map);
    }

    private static Value Namespace(Arguments a) => Value.OfNamespace(MapValue.CopyOf(Dict(a)));

    private static Value[] Pairs(Arguments a) =>
        [.. a.Object(0).Members().Select(x => ListShapeFunctions.Pair(Value.Of(x.Key), x.Value))];

    private static Value DictSort(Arguments a)
    {
        var pairs = Pairs(a);
        var by = a.Text(2, "key");
        var part = by switch { "key" => 0, "value" => 1, _ => throw a.Fault($"'dictsort' sorts by key or value, not '{by}'.") };
        return Value.Of(ListFunctions.Sorted(a, pairs, Array.ConvertAll(pairs, x => x.ItemAt(part)), a.Flag(3), a.Flag(1)));
    }

    private static Value FromItems(Arguments a)
    {
        var map = new MapValue();
        foreach (var pair in a.Items(0))
        {
            if (!pair.IsList || pair.Count != 2)
            {
                throw a.Fault("An object is made of pairs of a name and a value.");
            }

            map[a.Context.TextOf(pair.ItemAt(0))] = pair.ItemAt(1);
        }

        return Value.Of(map);
    }

    private static Value Set(Arguments a) => Copy(a, x => x[a.Text(1)] = Stored.Checked(a.Context, a[2], a.Context.At));

    private static Value Copy(Arguments a, Action<MapValue> change)
    {
        var copy = MapValue.CopyOf(a.Object(0));
        change(copy);
        return Value.Of(copy);
    }

    private static Value Pick(Arguments a, bool wanted)
    {
        var names = a.All.Skip(1).SelectMany(x => x.IsList ? x.ToItems() : [x]).Select(a.Context.TextOf).ToHashSet(StringComparer.Ordinal);
        var picked = new MapValue();
        foreach (var (name, value) in a.Object(0).Members())
        {
            if (names.Contains(name) == wanted)
            {
                picked[name] = value;
            }
        }

        return Value.Of(picked);
    }

    private static Value Merged(Arguments a, Value[] objects)
    {
        var result = new MapValue();
        foreach (var value in objects)
        {
            if (value.Kind is not (ValueKind.Object or ValueKind.Null))
            {
                throw a.Wrong(0, "objects");
            }

            Fill(result, value, 0);
        }

        return Value.Of(result);

        void Fill(MapValue target, Value source, int depth)
        {
            foreach (var (name, value) in source.Members())
            {
                a.Context.Budget.Spend();
                if (!target.TryGet(name, out var known))
                {
                    target[name] = value;
                }
                else if (known.IsObject && value.IsObject && depth < Nesting.Deepest)
                {
                    var inner = MapValue.CopyOf(known);
                    Fill(inner, value, depth + 1);
                    target[name] = Value.Of(inner);
                }
            }
        }
    }

    private static Value Dig(Arguments a)
    {
        if (a.Count < 3)
        {
            throw a.Fault("'dig' needs an object, at least one name, and a default.");
        }

        var value = a.Object(0);
        for (var i = 1; i < a.Count - 1; i++)
        {
            if (!Member.TryGet(value, a.Text(i), out value))
            {
                return a[a.Count - 1];
            }
        }

        return value;
    }
}
