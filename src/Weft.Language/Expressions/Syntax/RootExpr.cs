using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>A name of the scope; a function that needs no argument answers where the scope has no such name.</summary>
internal sealed class RootExpr(string name, Function? fallback, int offset) : Expr(offset, 1)
{
    public string Name => name;

    public override string PathText => name;

    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        if (context.Scope.TryGet(name, out var node))
        {
            return Value.FromNode(node);
        }

        if (fallback is null)
        {
            return Value.Of(new UndefinedPath(name, name, default, Offset));
        }

        context.At = Offset;
        return fallback.Invoke(context, []);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        if (fallback is null)
        {
            analysis.Read([name]);
        }
    }
}
