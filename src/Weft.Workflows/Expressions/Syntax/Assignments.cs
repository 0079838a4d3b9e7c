using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Syntax;

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

/// <summary><c>{% set ns.total = … %}</c>: the one thing that changes in place, so that a loop can count.</summary>
internal sealed class SetFieldStatement(Expr target, string field, Expr expression, int offset) : Statement
{
    public override Flow Run(RenderContext context)
    {
        var value = Stored.Checked(context, expression.Evaluate(context), offset);
        var owner = target.Evaluate(context);
        if (owner.Kind != ValueKind.Namespace)
        {
            throw context.Fault(TemplateErrorCodes.Type, $"Only the fields of a namespace() can be set; '{target.PathText}' is {owner.KindName}.", offset);
        }

        context.At = offset;
        owner.NamespaceMembers[field] = value;
        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        target.Analyze(analysis);
        expression.Analyze(analysis);
    }
}

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

/// <summary>What <c>loop</c> is inside a <c>for</c>.</summary>
internal sealed class LoopState(Value[] items) : MapSource
{
    private static readonly string[] Fields =
        ["index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"];

    public int Index { get; set; }

    public override int Count => Fields.Length;

    public override int Depth => 0;

    public override IEnumerable<string> Names => Fields;

    public override IEnumerable<KeyValuePair<string, Value>> Entries => Fields.Select(x =>
    {
        TryGet(x, out var value);
        return new KeyValuePair<string, Value>(x, value);
    });

    public override bool TryGet(string name, out Value value)
    {
        Value? found = name switch
        {
            "index" => Value.Of(Index + 1L),
            "index0" => Value.Of((long)Index),
            "revindex" => Value.Of((long)(items.Length - Index)),
            "revindex0" => Value.Of(items.Length - Index - 1L),
            "first" => Value.Of(Index == 0),
            "last" => Value.Of(Index == items.Length - 1),
            "length" => Value.Of((long)items.Length),
            "previtem" => Index > 0 ? items[Index - 1] : Value.Null,
            "nextitem" => Index + 1 < items.Length ? items[Index + 1] : Value.Null,
            _ => null,
        };
        value = found ?? default;
        return found is not null;
    }
}

/// <summary><c>{{ if $x := … }}</c>: the value, which the variable has from then on.</summary>
internal sealed class AssignExpr(int slot, Expr expression) : Expr(expression.Offset, 1 + expression.Depth)
{
    public override Value Evaluate(RenderContext context)
    {
        var value = expression.Evaluate(context);
        context.Locals[slot] = value;
        return value;
    }

    public override void Analyze(TemplateAnalysis analysis) => analysis.Tolerantly(expression);
}
