namespace Weft.Language.Expressions.Values;

/// <summary>Equality and order of values.</summary>
internal static class ValueOrder
{
    /// <summary>Deep equality as JSON has it: numbers by value, objects whatever their order. Nothing is converted.</summary>
    public static bool Same(Value left, Value right, WorkBudget budget)
    {
        budget.Spend();
        if (left.IsNumber && right.IsNumber)
        {
            return left.Kind == ValueKind.Integer && right.Kind == ValueKind.Integer
                ? left.AsInteger == right.AsInteger
                : left.AsDouble == right.AsDouble;
        }

        if (left.IsNothing || right.IsNothing)
        {
            return left.IsNothing && right.IsNothing;
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        return left.Kind switch
        {
            ValueKind.Boolean => left.AsBoolean == right.AsBoolean,
            ValueKind.String => string.Equals(left.AsText, right.AsText, StringComparison.Ordinal),
            ValueKind.Array => SameItems(left, right, budget),
            ValueKind.Object => SameMembers(left, right, budget),
            _ => false,
        };
    }

    /// <summary>Whether two values have an order: both numbers, both texts, both booleans, or both lists.</summary>
    public static bool TryCompare(Value left, Value right, WorkBudget budget, out int order)
    {
        budget.Spend();
        order = 0;
        if (left.IsNumber && right.IsNumber)
        {
            order = left.Kind == ValueKind.Integer && right.Kind == ValueKind.Integer
                ? left.AsInteger.CompareTo(right.AsInteger)
                : left.AsDouble.CompareTo(right.AsDouble);
            return true;
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        switch (left.Kind)
        {
            case ValueKind.String:
                order = CompareText(left.AsText, right.AsText);
                return true;
            case ValueKind.Boolean:
                order = left.AsBoolean.CompareTo(right.AsBoolean);
                return true;
            case ValueKind.Array:
                for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
                {
                    if (!TryCompare(left.ItemAt(i), right.ItemAt(i), budget, out order))
                    {
                        return false;
                    }

                    if (order != 0)
                    {
                        return true;
                    }
                }

                order = left.Count.CompareTo(right.Count);
                return true;
            default:
                return false;
        }
    }

    /// <summary>By code points, which UTF-16 units would get wrong beyond the basic plane.</summary>
    public static int CompareText(string left, string right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
            {
                return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>A key under which equal values are equal, for sets and groups.</summary>
    public static string KeyOf(Value value, int limit)
    {
        using var sink = new TextSink(limit);
        AppendKey(sink, value);
        return sink.ToString();
    }

    private static void AppendKey(TextSink sink, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Object:
                sink.Append('{');
                foreach (var (name, member) in value.Members().OrderBy(x => x.Key, StringComparer.Ordinal))
                {
                    ValueText.AppendJson(sink, Value.Of(name), 0, 0);
                    AppendKey(sink, member);
                }

                sink.Append('}');
                break;
            case ValueKind.Array:
                sink.Append('[');
                for (var i = 0; i < value.Count; i++)
                {
                    AppendKey(sink, value.ItemAt(i));
                    sink.Append(',');
                }

                sink.Append(']');
                break;
            case ValueKind.Number:
                sink.Append(ValueText.OfNumber(value.AsDouble));
                break;
            default:
                ValueText.AppendJson(sink, value, 0, 0);
                break;
        }
    }

    private static bool SameItems(Value left, Value right, WorkBudget budget)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!Same(left.ItemAt(i), right.ItemAt(i), budget))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameMembers(Value left, Value right, WorkBudget budget)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (name, member) in left.Members())
        {
            if (!right.TryGetMember(name, out var other) || !Same(member, other, budget))
            {
                return false;
            }
        }

        return true;
    }
}
