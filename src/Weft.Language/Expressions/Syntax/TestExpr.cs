using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>x is defined</c>, <c>x is not divisibleby 3</c></summary>
internal sealed class TestExpr(ValueTest test, Expr operand, Expr[] arguments, bool isNegated, int offset)
    : Expr(offset, 1 + Math.Max(operand.Depth, arguments.Select(x => x.Depth).DefaultIfEmpty().Max()))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var value = operand.Evaluate(context);
        if (!test.IsTolerant)
        {
            value = context.Require(value);
        }

        var values = new Value[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = context.Require(arguments[i].Evaluate(context));
        }

        context.At = Offset;
        return Value.Of(test.Holds(context, value, values) != isNegated);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        if (test.IsTolerant)
        {
            analysis.Tolerantly(operand);
        }
        else
        {
            operand.Analyze(analysis);
        }

        foreach (var argument in arguments)
        {
            argument.Analyze(analysis);
        }
    }
}
