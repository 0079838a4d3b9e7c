namespace Weft.Language.Expressions.Values;

internal static class Nesting
{
    /// <summary>How deep values may be nested inside each other by an expression. Deeper ones are a runaway loop.</summary>
    public const int Deepest = 64;

    public static int Checked(int depth) => depth <= Deepest
        ? depth
        : throw new ExpressionException(
            TemplateErrorCodes.Limit, $"The expression nests lists or objects more than {Deepest} levels deep.");
}
