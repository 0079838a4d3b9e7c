using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>{{ range $i, $x := .xs }}…{{ else }}…{{ end }}</c></summary>
internal sealed class RangeStatement(Expr iterable, int keySlot, int itemSlot, Statement body, Statement otherwise, int[] bodySlots)
    : Statement
{
    public override Flow Run(RenderContext context)
    {
        var source = context.Require(iterable.Evaluate(context));
        var pairs = Pairs(context, source);
        if (pairs.Count == 0)
        {
            return otherwise.Run(context);
        }

        var dot = context.Dot;
        foreach (var (key, item) in pairs)
        {
            context.Turn();
            foreach (var slot in bodySlots)
            {
                context.Locals[slot] = default;
            }

            if (keySlot >= 0)
            {
                context.Locals[keySlot] = key;
            }

            if (itemSlot >= 0)
            {
                context.Locals[itemSlot] = item;
            }

            context.Dot = item;
            if (body.Run(context) == Flow.Break)
            {
                break;
            }
        }

        context.Dot = dot;
        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        iterable.Analyze(analysis);
        body.Analyze(analysis);
        otherwise.Analyze(analysis);
    }

    private List<(Value Key, Value Item)> Pairs(RenderContext context, Value source)
    {
        switch (source.Kind)
        {
            case ValueKind.Object:
                context.AllowItems(source.Count);
                return [.. source.Members().Select(x => (Value.Of(x.Key), x.Value))];
            case ValueKind.Integer:
                context.At = iterable.Offset;
                var count = (int)Math.Clamp(source.AsInteger, 0, context.Limits.LoopIterations + 1L);
                return [.. Enumerable.Range(0, count).Select(i => (Value.Of((long)i), Value.Of((long)i)))];
            default:
                return [.. Iteration.Items(context, source, iterable.Offset).Select((x, i) => (Value.Of((long)i), x))];
        }
    }
}
