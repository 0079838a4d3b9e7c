using System.Text.Json.Nodes;
using Weft.Language.Expressions.Jmes;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions;

/// <summary>
/// A JMESPath expression, compiled once and searched with many times, by many threads at once. The whole specification
/// (jmespath.org), with <c>let</c> and the functions that implementations have added since; none changes a meaning of it.
/// </summary>
internal sealed class JmesPath
{
    private readonly JmesNode _root;

    private JmesPath(string source, JmesNode root)
    {
        Source = source;
        _root = root;
        ReferencedRoots = JmesRoots.Of(root);
    }

    /// <summary>Gets the expression.</summary>
    public string Source { get; }

    /// <summary>
    /// Gets the members of the searched document that it reads, in source order; null when it may read any (<c>@</c>, <c>*</c>).
    /// </summary>
    public IReadOnlyList<string>? ReferencedRoots { get; }

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="JmesPathException">It can't be read, calls a function that does not exist, or calls one with the wrong number of
    /// arguments.</exception>
    public static JmesPath Parse(string expression)
    {
        expression = SecretPlaceholders.Clean(expression);
        return new JmesPath(expression, new JmesParser(expression).Parse());
    }

    /// <summary>Evaluates it.</summary>
    /// <param name="document">The document; null is JSON null.</param>
    /// <param name="limits">The work that it may do.</param>
    /// <returns>A new tree that the caller owns; null is JSON null.</returns>
    /// <exception cref="JmesPathException">A function is given a value of the wrong type, or there is too much to do.</exception>
    public JsonNode? Search(JsonNode? document, TemplateLimits? limits = null)
    {
        var budget = new WorkBudget((limits ?? TemplateLimits.Default).Steps);
        return Guarded(() => ValueNodes.ToNode(_root.Evaluate(new JmesContext(Source, budget), Value.FromNode(document)), budget));
    }

    /// <summary>Whether it is true of a scope, by its specification: false are null, false, and whatever is empty.</summary>
    internal bool IsTrue(ExpressionScope scope, TemplateLimits limits) => Guarded(() =>
        JmesNode.IsTrue(_root.Evaluate(new JmesContext(Source, new WorkBudget(limits.Steps)), Value.Of(new ScopeMap(scope)))));

    private T Guarded<T>(Func<T> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (ExpressionException exception)
        {
            throw new JmesPathException(
                exception.Code == TemplateErrorCodes.Limit ? "limit" : "invalid-type", exception.Message, Source, 0, exception);
        }
    }
}
