using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Lists made, cut and put together.</summary>
internal static class ListShapeFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("list", "values…", "Its arguments as a list; of one argument, its items, an object's names or a text's characters.",
            List) { Aliases = ["tuple"], IsBare = true, InGo = "listOf", PassesSecrets = true },
        new("listOf", "values…", "The Go form of `list`: always its arguments.", a => Value.Of(a.All))
        {
            IsHidden = true,
            PassesSecrets = true,
        },
        new("range", "start, stop?, step?", "The whole numbers from `start` (0) up to, without, `stop`.",
            Range) { Aliases = ["untilStep"] },
        new("until", "stop", "The whole numbers from 0 up to, without, `stop`; downwards when it is negative.",
            a => Numbers(a, 0, a.Integer(0), a.Integer(0) < 0 ? -1 : 1)),
        new("seq", "start, stop?, last?",
            "The whole numbers from `start` (1) up to and with `stop`; with three, the middle one is the step.", Sequence),
        new("slice", "values, start?, stop?, step?",
            "The items, or characters, from `start` up to, without, `stop`; negative counts from the end.",
            a => Slicing.Slice(a.Context, a[0], a[1], a[2], a[3])),
        new("batch", "values, size, fill?", "Lists of `size` items each, the last filled up with `fill`. Go form: `chunk size values`.",
            a => Batch(a)),
        new("chunk", "values, size", "Lists of `size` items each. Go form: `chunk size values`.",
            a => Batch(a)) { Order = GoOrder.ValueLast },
        new("flatten", "values, levels?", "Lists within the list dissolved into it, all or `levels` deep.", Flatten),
        new("concat", "lists…", "The items of all lists.", a => Value.Of(a.All.SelectMany((_, i) => a.Items(i)).ToArray())),
        new("append", "values, item", "With the item behind.", a => Value.Of((Value[])[.. a.Items(0), a[1]]))
        {
            Aliases = ["push"],
            PassesSecrets = true,
        },
        new("prepend", "values, item", "With the item before.", a => Value.Of((Value[])[a[1], .. a.Items(0)])) { PassesSecrets = true },
        new("without", "values, items…", "Without those items.",
            a => Value.Of(Array.FindAll(a.Items(0), x => !a.All.Skip(1).Any(y => ValueOrder.Same(x, y, a.Context.Budget))))),
        new("union", "left, right", "The items of both lists, each once.", a => Value.Of(Both(a, [.. a.Items(0), .. a.Items(1)]))),
        new("intersect", "left, right", "The items of the left list that the right one has too, each once.",
            a => Value.Of(Both(a, Array.FindAll(a.Items(0), x => Membership.Contains(a.Context, a.All[1], x))))),
        new("difference", "left, right", "The items of the left list that the right one has not, each once.",
            a => Value.Of(Both(a, Array.FindAll(a.Items(0), x => !Membership.Contains(a.Context, a.All[1], x))))),
        new("compact", "values", "Without what is null, empty, zero or false.", a => Value.Of(Array.FindAll(a.Items(0), x => x.IsTruthy))),
        new("zip", "lists…", "Lists of the first items, of the second items, and so on, as many as the shortest has.", Zip),
        new("enumerate", "values, start?", "Pairs of a number, from `start` (0), and an item.",
            a => Value.Of(a.Items(0).Select((x, i) => Pair(Value.Of(i + a.Integer(1, 0)), x)).ToArray())),
    ];

    public static Value Pair(Value left, Value right) => Value.Of((Value[])[left, right]);

    private static Value List(Arguments a) => a.Count switch
    {
        0 => Value.EmptyList,
        1 when a[0].Kind is ValueKind.Array or ValueKind.Object or ValueKind.String or ValueKind.Null => Value.Of(a.Items(0)),
        _ => Value.Of(a.All),
    };

    private static Value Range(Arguments a) =>
        a.Has(1) ? Numbers(a, a.Integer(0), a.Integer(1), a.Integer(2, 1)) : Numbers(a, 0, a.Integer(0), 1);

    private static Value Sequence(Arguments a)
    {
        if (!a.Has(1))
        {
            return Through(1, a.Integer(0), 1);
        }

        return a.Has(2)
            ? Through(a.Integer(0), a.Integer(2), a.Integer(1))
            : Through(a.Integer(0), a.Integer(1), a.Integer(0) <= a.Integer(1) ? 1 : -1);

        Value Through(long start, long last, long step) =>
            Numbers(a, start, last is long.MaxValue or long.MinValue ? last : last + Math.Sign(step), step);
    }

    private static Value Numbers(Arguments a, long start, long stop, long step)
    {
        if (step == 0)
        {
            throw a.Fault("The step of a range can't be 0.");
        }

        var span = (Int128)stop - start;
        var count = span == 0 || (span > 0) != (step > 0) ? 0 : ((span - Math.Sign(step)) / step) + 1;
        if (count > a.Context.Limits.LoopIterations)
        {
            throw a.Fault($"A range may have {a.Context.Limits.LoopIterations} numbers, not more.", TemplateErrorCodes.Limit);
        }

        a.Context.AllowItems((long)count);
        var numbers = new Value[(int)count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Value.Of(start + (i * step));
        }

        return Value.Of(numbers);
    }

    private static Value Batch(Arguments a)
    {
        var size = a.Size(1);
        if (size == 0)
        {
            throw a.Fault("A batch has at least 1 item.");
        }

        return Value.Of(a.Items(0).Chunk(size).Select(x =>
        {
            if (x.Length == size || !a.Has(2))
            {
                return Value.Of(x);
            }

            a.Context.AllowItems(size);
            return Value.Of((Value[])[.. x, .. Enumerable.Repeat(a.All[2], size - x.Length)]);
        }).ToArray());
    }

    private static Value Flatten(Arguments a)
    {
        var flat = new List<Value>();
        Add(a.Items(0), a.Integer(1, Nesting.Deepest * 4));
        return Value.Of(flat);

        void Add(Value[] items, long levels)
        {
            a.Context.AllowItems(items.Length);
            foreach (var item in items)
            {
                if (item.IsList && levels > 0)
                {
                    Add(item.ToItems(), levels - 1);
                }
                else
                {
                    flat.Add(item);
                }
            }
        }
    }

    private static Value[] Both(Arguments a, Value[] items) => ListFunctions.Distinct(a, items, items, caseSensitive: true);

    private static Value Zip(Arguments a)
    {
        Value[][] lists = [.. a.All.Select((_, i) => a.Items(i))];
        var length = lists.Length == 0 ? 0 : lists.Min(x => x.Length);
        a.Context.AllowItems((long)length * lists.Length);
        return Value.Of(Enumerable.Range(0, length).Select(i => Value.Of(lists.Select(x => x[i]).ToArray())).ToArray());
    }
}
