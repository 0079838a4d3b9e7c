using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>Conditions as they are written.</summary>
internal static class ConditionText
{
    public static readonly ObjectShape Shape = new("condition", "a condition", () =>
    [
        Key("type", Word("jmespath", "expr", "python_expr", "template", "always"), "The language of the expression."),
        Key("expression", Either(Text, Bool), "The expression."),
    ]);

    /// <summary>The type of a bare text: a template when it holds <c>{{</c> or <c>{%</c>, else the dialect's own.</summary>
    public static string TypeOf(string text, string dialectType) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) ? "template" : dialectType;
}
