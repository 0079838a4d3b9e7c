using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>a if c else b</c>; without <c>else</c>, null.</summary>
internal sealed class ChoiceExpr(Expr condition, Expr then, Expr? otherwise, int offset)
    : Expr(offset, 1 + Math.Max(condition.Depth, Math.Max(then.Depth, otherwise?.Depth ?? 0)))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var decided = condition.Evaluate(context);
        context.At = Offset;
        return context.IsTrue(decided) ? then.Evaluate(context) : otherwise?.Evaluate(context) ?? Value.Null;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tolerantly(condition);
        analysis.Tolerantly(then);
        analysis.Tolerantly(otherwise);
    }
}
