namespace Weft.Language.Expressions.Syntax;

/// <summary><c>break</c> and <c>continue</c></summary>
internal sealed class JumpStatement(Flow flow) : Statement
{
    public override Flow Run(RenderContext context) => flow;

    public override void Analyze(TemplateAnalysis analysis)
    {
    }
}
