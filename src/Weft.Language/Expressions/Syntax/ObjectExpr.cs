using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

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
