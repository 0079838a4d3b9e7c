using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>What a loop goes over.</summary>
internal static class Iteration
{
    /// <summary>A list's items, an object's names, a text's characters; null has none.</summary>
    public static Value[] Items(RenderContext context, Value value, int offset)
    {
        value = context.Require(value);
        switch (value.Kind)
        {
            case ValueKind.Array:
                context.AllowItems(value.Count);
                return value.ToItems();
            case ValueKind.Object:
                context.AllowItems(value.Count);
                return [.. value.MemberNames().Select(Value.Of)];
            case ValueKind.String:
                context.RefuseSecret(value);
                context.AllowItems(value.AsText.Length);
                return [.. CodePoints.Split(value.AsText).Select(Value.Of)];
            case ValueKind.Null:
                return [];
            default:
                throw context.Fault(
                    TemplateErrorCodes.Type, $"A loop goes over a list, an object or a text, not {value.KindName}.", offset);
        }
    }
}
