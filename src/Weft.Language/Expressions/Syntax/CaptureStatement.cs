using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>{% set x %}…{% endset %}</c> and <c>{% filter upper %}…{% endfilter %}</c>: what a block writes, as a text.</summary>
internal sealed class CaptureStatement(int slot, Statement body, Expr? then) : Statement
{
    public override Flow Run(RenderContext context)
    {
        var start = context.Output.Length;
        var flow = body.Run(context);
        context.Locals[slot] = Value.Of(context.Output.Cut(start));
        if (then is not null)
        {
            var value = context.Require(then.Evaluate(context));
            ValueText.Append(context.Output, value);
            context.Locals[slot] = default;
        }

        return flow;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        body.Analyze(analysis);
        then?.Analyze(analysis);
    }
}
