namespace Weft.Language.Expressions.Syntax;

/// <summary>A part of a template that writes text or sets locals.</summary>
internal abstract class Statement
{
    public abstract Flow Run(RenderContext context);

    public abstract void Analyze(TemplateAnalysis analysis);
}
