using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>{% set ns.total = … %}</c>: the one thing that changes in place, so that a loop can count.</summary>
internal sealed class SetFieldStatement(Expr target, string field, Expr expression, int offset) : Statement
{
    public override Flow Run(RenderContext context)
    {
        var value = Stored.Checked(context, expression.Evaluate(context), offset);
        var owner = target.Evaluate(context);
        if (owner.Kind != ValueKind.Namespace)
        {
            throw context.Fault(
                TemplateErrorCodes.Type, $"Only the fields of a namespace() can be set; '{target.PathText}' is {owner.KindName}.", offset);
        }

        context.At = offset;
        owner.NamespaceMembers[field] = value;
        return Flow.Next;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        target.Analyze(analysis);
        expression.Analyze(analysis);
    }
}
