namespace Weft.Language.Expressions.Syntax;

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
