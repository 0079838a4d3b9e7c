using System.Globalization;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>Looks into values by name and by index.</summary>
internal static class Member
{
    public static bool TryGet(Value value, string name, out Value member)
    {
        switch (value.Kind)
        {
            case ValueKind.Object:
                return value.TryGetMember(name, out member);
            case ValueKind.Namespace:
                return value.NamespaceMembers.TryGet(name, out member);
            case ValueKind.Array
                when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.Count:
                member = value.ItemAt(index);
                return true;
            default:
                member = default;
                return false;
        }
    }

    public static bool TryGetItem(RenderContext context, Value value, Value key, out Value item)
    {
        item = default;
        if (key.IsText)
        {
            return TryGet(value, key.AsText, out item);
        }

        if (value.IsObject)
        {
            return TryGet(value, context.TextOf(key), out item);
        }

        if (key.Kind != ValueKind.Integer)
        {
            throw context.Fault(TemplateErrorCodes.Type, $"An index must be a name or a whole number, not {key.KindName}.");
        }

        var count = value.Kind is ValueKind.Array or ValueKind.String ? value.Count : 0;
        var index = key.AsInteger < 0 ? key.AsInteger + count : key.AsInteger;
        if (index < 0 || index >= count)
        {
            return false;
        }

        if (value.IsText)
        {
            context.RefuseSecret(value);
            context.AllowText(value.AsText.Length);
            item = Value.Of(CodePoints.Slice(value.AsText, index, index + 1, 1));
        }
        else
        {
            item = value.ItemAt((int)index);
        }

        return true;
    }

    /// <summary>Follows a dotted path such as <c>author.name</c> or <c>lines.0.price</c>.</summary>
    public static bool TryFollow(Value value, string path, out Value found)
    {
        if (TryGet(value, path, out found))
        {
            return true;
        }

        found = value;
        foreach (var name in path.Split('.'))
        {
            if (!TryGet(found, name, out found))
            {
                return false;
            }
        }

        return true;
    }
}
