using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>$</c>, and <c>.</c> outside of <c>range</c> and <c>with</c>: the whole scope.</summary>
internal sealed class ScopeExpr(int offset) : Expr(offset, 1)
{
    public override string PathText => "$";

    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        return Value.Of(new ScopeMap(context.Scope));
    }

    public override void Analyze(TemplateAnalysis analysis) => analysis.ReadsWholeScope = true;
}
