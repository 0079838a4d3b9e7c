using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Syntax;

/// <summary>Why a block ended.</summary>
internal enum Flow
{
    Next,
    Continue,
    Break,
}

/// <summary>A part of a template that writes text or sets locals.</summary>
internal abstract class Statement
{
    public abstract Flow Run(RenderContext context);

    public abstract void Analyze(TemplateAnalysis analysis);
}

internal sealed class Block(Statement[] statements) : Statement
{
    public static Block Empty { get; } = new([]);

    public Statement[] Statements => statements;

    public override Flow Run(RenderContext context)
    {
        foreach (var statement in statements)
        {
            var flow = statement.Run(context);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        foreach (var statement in statements)
        {
            statement.Analyze(analysis);
        }
    }
}

internal sealed class TextStatement(string text) : Statement
{
    public string Text => text;

    public override Flow Run(RenderContext context)
    {
        context.Budget.Spend();
        context.Output.Append(text);
        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
    }
}

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

/// <summary><c>{{ range $i, $x := .xs }}…{{ else }}…{{ end }}</c></summary>
internal sealed class RangeStatement(Expr iterable, int keySlot, int itemSlot, Statement body, Statement otherwise, int[] bodySlots) : Statement
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

/// <summary><c>break</c> and <c>continue</c></summary>
internal sealed class JumpStatement(Flow flow) : Statement
{
    public override Flow Run(RenderContext context) => flow;

    public override void Analyze(TemplateAnalysis analysis)
    {
    }
}
