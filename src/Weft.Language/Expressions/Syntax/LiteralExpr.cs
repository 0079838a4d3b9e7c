using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>A value written in the source.</summary>
internal sealed class LiteralExpr(Value value, int offset) : Expr(offset, 1)
{
    public Value Value => value;

    public override Value Evaluate(RenderContext context) => value;

    public override void Analyze(TemplateAnalysis analysis)
    {
    }
}
