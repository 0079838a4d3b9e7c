using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>.</c> inside of <c>range</c> and <c>with</c>.</summary>
internal sealed class DotExpr(int offset) : Expr(offset, 1)
{
    public override string PathText => "";

    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        return context.Dot;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
    }
}
