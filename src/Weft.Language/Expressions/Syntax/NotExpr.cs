using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>not a</c></summary>
internal sealed class NotExpr(Expr operand, int offset) : Expr(offset, 1 + operand.Depth)
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var value = operand.Evaluate(context);
        context.At = Offset;
        return Value.Of(!context.IsTrue(value));
    }

    public override void Analyze(TemplateAnalysis analysis) => analysis.Tolerantly(operand);
}
