using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>{% set x = … %}</c>, <c>{% set a, b = … %}</c>, <c>{{ $x := … }}</c></summary>
internal sealed class SetStatement(LoopTarget target, Expr expression, bool isSingle) : Statement
{
    public override Flow Run(RenderContext context)
    {
        var value = expression.Evaluate(context);
        target.Assign(context, isSingle ? value : context.Require(value));
        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis) => expression.Analyze(analysis);
}
