using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

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
