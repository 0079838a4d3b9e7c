using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>A local: of a loop, of <c>set</c>, or <c>$x</c>. Where it has no value yet, the name means what it means outside.</summary>
internal sealed class LocalExpr(int slot, string name, Expr? outside, int offset) : Expr(offset, 1 + (outside?.Depth ?? 0))
{
    public int Slot => slot;

    public override string PathText => name;

    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var value = context.Locals[slot];
        return value.Kind != ValueKind.Absent
            ? value
            : outside?.Evaluate(context) ?? Value.Of(new UndefinedPath(name, name, default, Offset));
    }

    public override void Analyze(TemplateAnalysis analysis) => analysis.Tolerantly(outside);
}
