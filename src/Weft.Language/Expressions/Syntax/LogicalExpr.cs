using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>a and b</c>, <c>a or b</c>: the operand that decides, as Python and Go have it.</summary>
internal sealed class LogicalExpr(bool isAnd, Expr left, Expr right, int offset) : Expr(offset, 1 + Math.Max(left.Depth, right.Depth))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var a = left.Evaluate(context);
        context.At = Offset;
        return context.IsTrue(a) == isAnd ? right.Evaluate(context) : a;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tolerantly(left);
        right.Analyze(analysis);
    }
}
