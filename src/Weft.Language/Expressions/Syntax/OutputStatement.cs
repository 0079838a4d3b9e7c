using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

internal sealed class OutputStatement(Expr expression) : Statement
{
    public Expr Expression => expression;

    public override Flow Run(RenderContext context)
    {
        var value = context.Require(expression.Evaluate(context));
        var before = context.Output.Length;
        context.At = expression.Offset;
        ValueText.Append(context.Output, value);
        context.Budget.Spend(1 + ((context.Output.Length - before) / 16));
        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis) => expression.Analyze(analysis);
}
