using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

internal sealed class IfStatement((Expr Condition, Statement Body)[] branches, Statement otherwise) : Statement
{
    public override Flow Run(RenderContext context)
    {
        foreach (var (condition, body) in branches)
        {
            context.Budget.Spend();
            var value = condition.Evaluate(context);
            context.At = condition.Offset;
            if (context.IsTrue(value))
            {
                return body.Run(context);
            }
        }

        return otherwise.Run(context);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition is PathExpr or RootExpr or LocalExpr)
            {
                analysis.Tolerantly(condition);
            }
            else
            {
                condition.Analyze(analysis);
            }

            body.Analyze(analysis);
        }

        otherwise.Analyze(analysis);
    }
}
