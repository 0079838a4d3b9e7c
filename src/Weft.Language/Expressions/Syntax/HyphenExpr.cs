using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>
/// <c>a-b.c</c> without spaces outside of the dotted notation: the name with the hyphen where the scope has it, a
/// subtraction where it does not.
/// </summary>
internal sealed class HyphenExpr(Expr joined, Expr apart, Expr[] joinedNames, Expr[] namesApart, int offset)
    : Expr(offset, 1 + Math.Max(joined.Depth, apart.Depth))
{
    public override string PathText => joined.PathText;

    public override Value Evaluate(RenderContext context)
    {
        var isJoined = Array.TrueForAll(joinedNames, x => !x.Evaluate(context).IsMissing)
            || !Array.TrueForAll(namesApart, x => !x.Evaluate(context).IsMissing);
        return (isJoined ? joined : apart).Evaluate(context);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tolerantly(joined);
        analysis.Tolerantly(apart);
    }
}
