using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>What may be put into a list or an object.</summary>
internal static class Stored
{
    public static Value Checked(RenderContext context, Value value, int offset) => value.Kind == ValueKind.Namespace
        ? throw context.Fault(
            TemplateErrorCodes.Type, "A namespace can't be stored in a list or an object; store one of its fields.", offset)
        : context.Require(value);
}
