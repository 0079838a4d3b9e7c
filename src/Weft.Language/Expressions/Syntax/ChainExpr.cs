using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>a &lt; b &lt; c</c>: each neighbour compared, each operand evaluated once.</summary>
internal sealed class ChainExpr(Expr first, (BinaryOperator Operation, Expr Operand)[] links, int offset)
    : Expr(offset, 2 + Math.Max(first.Depth, links.Max(x => x.Operand.Depth)))
{
    public override Value Evaluate(RenderContext context)
    {
        var left = first.Evaluate(context);
        foreach (var (operation, operand) in links)
        {
            var right = operand.Evaluate(context);
            if (!new BinaryExpr(operation, new LiteralExpr(left, Offset), new LiteralExpr(right, operand.Offset), Offset).Evaluate(
                context).IsTruthy)
            {
                return Value.False;
            }

            left = right;
        }

        return Value.True;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        first.Analyze(analysis);
        foreach (var (_, operand) in links)
        {
            operand.Analyze(analysis);
        }
    }
}
