using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>{{ if $x := … }}</c>: the value, which the variable has from then on.</summary>
internal sealed class AssignExpr(int slot, Expr expression) : Expr(expression.Offset, 1 + expression.Depth)
{
    public override Value Evaluate(RenderContext context)
    {
        var value = expression.Evaluate(context);
        context.Locals[slot] = value;
        return value;
    }

    public override void Analyze(TemplateAnalysis analysis) => analysis.Tolerantly(expression);
}
