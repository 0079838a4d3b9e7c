using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Syntax;

/// <summary>An expression, compiled. It never changes, and may be evaluated by many threads at once.</summary>
internal abstract class Expr
{
    /// <summary>Deeper trees than this are refused at parse time: evaluation recurses.</summary>
    public const int DeepestTree = 400;

    protected Expr(int offset, int depth)
    {
        Offset = offset;
        Depth = depth;
    }

    /// <summary>Gets where it begins in the source.</summary>
    public int Offset { get; }

    /// <summary>Gets the height of the tree.</summary>
    public int Depth { get; }

    /// <summary>How the expression is called in an error about a path that begins with it.</summary>
    public virtual string PathText => "(…)";

    public abstract Value Evaluate(RenderContext context);

    /// <summary>Tells what it reads.</summary>
    public abstract void Analyze(TemplateAnalysis analysis);
}

/// <summary>A value written in the source.</summary>
internal sealed class LiteralExpr(Value value, int offset) : Expr(offset, 1)
{
    public Value Value => value;

    public override Value Evaluate(RenderContext context) => value;

    public override void Analyze(TemplateAnalysis analysis)
    {
    }
}

/// <summary><c>[a, b]</c></summary>
internal sealed class ListExpr(Expr[] items, int offset) : Expr(offset, 1 + items.Select(x => x.Depth).DefaultIfEmpty().Max())
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend(items.Length + 1);
        var values = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = Stored.Checked(context, items[i].Evaluate(context), items[i].Offset);
        }

        context.At = Offset;
        return Value.Of(new ListValue(values));
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        foreach (var item in items)
        {
            item.Analyze(analysis);
        }
    }
}

/// <summary><c>{"a": b}</c></summary>
internal sealed class ObjectExpr((Expr Name, Expr Value)[] members, int offset)
    : Expr(offset, 1 + members.Select(x => Math.Max(x.Name.Depth, x.Value.Depth)).DefaultIfEmpty().Max())
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend(members.Length + 1);
        var map = new MapValue(members.Length);
        foreach (var (name, value) in members)
        {
            var key = context.TextOf(name.Evaluate(context));
            map[key] = Stored.Checked(context, value.Evaluate(context), value.Offset);
        }

        context.At = Offset;
        return Value.Of(map);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        foreach (var (name, value) in members)
        {
            name.Analyze(analysis);
            value.Analyze(analysis);
        }
    }
}

/// <summary>What may be put into a list or an object.</summary>
internal static class Stored
{
    public static Value Checked(RenderContext context, Value value, int offset) => value.Kind == ValueKind.Namespace
        ? throw context.Fault(TemplateErrorCodes.Type, "A namespace can't be stored in a list or an object; store one of its fields.", offset)
        : context.Require(value);
}
