using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>-a</c></summary>
internal sealed class NegateExpr(Expr operand, int offset) : Expr(offset, 1 + operand.Depth)
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var value = operand.Evaluate(context);
        if (value.IsMissing && !context.IsStrict)
        {
            return value;
        }

        value = context.Require(value);
        context.At = Offset;
        return Arithmetic.Apply(context, BinaryOperator.Subtract, Value.Of(0), value);
    }

    public override void Analyze(TemplateAnalysis analysis) => operand.Analyze(analysis);
}
