using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>{% for x in xs if c %}…{% else %}…{% endfor %}</c></summary>
internal sealed class ForStatement(
    LoopTarget target, Expr iterable, Expr? condition, Statement body, Statement otherwise, int loopSlot, int[] bodySlots) : Statement
{
    public override Flow Run(RenderContext context)
    {
        var items = Iteration.Items(context, iterable.Evaluate(context), iterable.Offset);
        if (condition is not null)
        {
            items = Array.FindAll(items, item =>
            {
                context.Turn();
                target.Assign(context, item);
                return context.IsTrue(condition.Evaluate(context));
            });
        }

        if (items.Length == 0)
        {
            target.Clear(context);
            return otherwise.Run(context);
        }

        var loop = loopSlot < 0 ? null : new LoopState(items);
        for (var i = 0; i < items.Length; i++)
        {
            context.Turn();
            foreach (var slot in bodySlots)
            {
                context.Locals[slot] = default;
            }

            if (loop is not null)
            {
                loop.Index = i;
                context.Locals[loopSlot] = Value.Of(loop);
            }

            target.Assign(context, items[i]);
            if (body.Run(context) == Flow.Break)
            {
                break;
            }
        }

        target.Clear(context);
        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        iterable.Analyze(analysis);
        condition?.Analyze(analysis);
        body.Analyze(analysis);
        otherwise.Analyze(analysis);
    }
}
