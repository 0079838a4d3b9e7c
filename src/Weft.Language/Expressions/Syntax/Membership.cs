using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>a in b</c></summary>
internal static class Membership
{
    public static bool Contains(RenderContext context, Value container, Value wanted)
    {
        switch (container.Kind)
        {
            case ValueKind.String when wanted.IsText:
                context.AllowText(container.AsText.Length);
                return container.AsText.Contains(wanted.AsText, StringComparison.Ordinal);
            case ValueKind.String when wanted.IsNothing:
                return false;
            case ValueKind.Array:
                context.AllowItems(container.Count);
                for (var i = 0; i < container.Count; i++)
                {
                    if (ValueOrder.Same(container.ItemAt(i), wanted, context.Budget))
                    {
                        return true;
                    }
                }

                return false;
            case ValueKind.Object:
                return container.TryGetMember(context.TextOf(wanted), out _);
            case ValueKind.Null or ValueKind.Undefined or ValueKind.Absent:
                return false;
            default:
                throw context.Fault(TemplateErrorCodes.Type,
                    $"Membership is asked of a list, an object or a text; this is {container.KindName}, asked for {wanted.KindName}.");
        }
    }
}
