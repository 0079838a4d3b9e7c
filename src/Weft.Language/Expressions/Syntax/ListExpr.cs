using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

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
