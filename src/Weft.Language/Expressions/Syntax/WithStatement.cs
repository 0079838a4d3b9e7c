using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>{{ with .x }}…{{ else }}…{{ end }}</c></summary>
internal sealed class WithStatement(Expr expression, int slot, Statement body, Statement otherwise) : Statement
{
    public override Flow Run(RenderContext context)
    {
        context.Budget.Spend();
        var value = expression.Evaluate(context);
        context.At = expression.Offset;
        if (!context.IsTrue(value))
        {
            return otherwise.Run(context);
        }

        var dot = context.Dot;
        if (slot >= 0)
        {
            context.Locals[slot] = value;
        }

        context.Dot = value;
        var flow = body.Run(context);
        context.Dot = dot;
        return flow;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tolerantly(expression);
        body.Analyze(analysis);
        otherwise.Analyze(analysis);
    }
}
