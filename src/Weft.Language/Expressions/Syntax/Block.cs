namespace Weft.Language.Expressions.Syntax;

internal sealed class Block(Statement[] statements) : Statement
{
    public static Block Empty { get; } = new([]);

    public Statement[] Statements => statements;

    public override Flow Run(RenderContext context)
    {
        foreach (var statement in statements)
        {
            var flow = statement.Run(context);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        foreach (var statement in statements)
        {
            statement.Analyze(analysis);
        }
    }
}
