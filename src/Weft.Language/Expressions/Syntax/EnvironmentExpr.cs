using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>env.NAME</c>: a mark in the place of the secret.</summary>
internal sealed class EnvironmentExpr(string name, int offset) : Expr(offset, 1)
{
    private readonly Value _mark = Value.Of(SecretPlaceholders.Mark(name));

    public override string PathText => $"env.{name}";

    public override Value Evaluate(RenderContext context) => _mark;

    public override void Analyze(TemplateAnalysis analysis) => analysis.Environment.Add(name);
}
