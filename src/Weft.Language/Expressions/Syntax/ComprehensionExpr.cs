using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>[x.name for x in xs if x.ok]</c>, and the same as the argument of <c>any</c> or <c>sum</c>.</summary>
internal sealed class ComprehensionExpr(Expr element, LoopTarget target, Expr iterable, Expr? condition, int offset)
    : Expr(offset, 1 + Math.Max(element.Depth, Math.Max(iterable.Depth, condition?.Depth ?? 0)))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var results = new List<Value>();
        foreach (var item in Iteration.Items(context, iterable.Evaluate(context), iterable.Offset))
        {
            context.Turn();
            target.Assign(context, item);
            if (condition is null || context.IsTrue(condition.Evaluate(context)))
            {
                results.Add(Stored.Checked(context, element.Evaluate(context), element.Offset));
            }
        }

        target.Clear(context);
        context.At = Offset;
        return Value.Of(results);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        iterable.Analyze(analysis);
        element.Analyze(analysis);
        if (condition is not null)
        {
            analysis.Tolerantly(condition);
        }
    }
}
