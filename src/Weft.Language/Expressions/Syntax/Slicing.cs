using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>Slices of lists and texts.</summary>
internal static class Slicing
{
    public static Value Slice(RenderContext context, Value value, Value start, Value stop, Value step)
    {
        var stride = Bound(context, step) ?? 1;
        if (stride == 0)
        {
            throw context.Fault(TemplateErrorCodes.Type, "The step of a slice can't be 0.");
        }

        var (first, last) = (Bound(context, start), Bound(context, stop));
        switch (value.Kind)
        {
            case ValueKind.Null:
                return Value.EmptyList;
            case ValueKind.String:
                context.RefuseSecret(value);
                context.AllowText(value.AsText.Length);
                return Value.Of(CodePoints.Slice(value.AsText, first, last, stride));
            case ValueKind.Array:
                var range = SliceRange.Of(value.Count, first, last, stride);
                context.AllowItems(range.Count);
                var items = new Value[range.Count];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = value.ItemAt(range.At(i));
                }

                return Value.Of(new ListValue(items));
            default:
                throw context.Fault(TemplateErrorCodes.Type, $"Only lists and texts can be sliced, not {value.KindName}.");
        }
    }

    private static long? Bound(RenderContext context, Value bound) => bound.Kind switch
    {
        ValueKind.Integer => bound.AsInteger,
        ValueKind.Absent or ValueKind.Null => null,
        _ => throw context.Fault(TemplateErrorCodes.Type, $"The bounds of a slice are whole numbers, not {bound.KindName}."),
    };
}
