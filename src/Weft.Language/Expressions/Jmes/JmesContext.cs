using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary>One evaluation: what it may still do, and the variables of <c>let</c>.</summary>
internal sealed class JmesContext(string source, WorkBudget budget)
{
    public WorkBudget Budget => budget;

    public JmesVariables? Variables { get; set; }

    public JmesPathException Fault(string kind, string fault, int offset) => new(kind, fault, source, offset);
}
