using Weft.Language.Expressions.Functions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions;

/// <summary>A condition of an edge, a node or a route, compiled once. It never changes, and many threads may evaluate it at once.</summary>
/// <remarks>
/// Types: <c>jmespath</c> (truth by its specification: false are null, false and whatever is empty; 0 is true), <c>expr</c> and
/// <c>python_expr</c> (a safe subset of Python, its truth), <c>template</c> (its value's truth; a text is false when it is empty or
/// a word for false: <c>false no off 0 none null</c>), <c>always</c>. Nothing is ever evaluated as host code.
/// </remarks>
public sealed class CompiledCondition
{
    private static readonly string[] KnownTypes = ["jmespath", "expr", "python_expr", "template", "always"];

    private readonly JmesPath? _jmesPath;
    private readonly Template? _template;

    private CompiledCondition(string type, string expression, JmesPath? jmesPath, Template? template)
    {
        Type = type;
        Expression = expression;
        _jmesPath = jmesPath;
        _template = template;
    }

    /// <summary>Gets the types that a condition may have.</summary>
    public static IReadOnlyList<string> Types => KnownTypes;

    /// <summary>Gets the condition that always holds.</summary>
    public static CompiledCondition Always { get; } = new("always", "", null, null);

    /// <summary>Gets the type.</summary>
    public string Type { get; }

    /// <summary>Gets the expression as it is written.</summary>
    public string Expression { get; }

    /// <summary>
    /// Gets the paths that it reads; of a JMESPath condition, the names it reads. Empty where <see cref="ReadsWholeScope"/>.
    /// </summary>
    public IReadOnlyList<ReferencedPath> ReferencedPaths =>
        _template?.ReferencedPaths ?? [.. (_jmesPath?.ReferencedRoots ?? []).Select(x => new ReferencedPath([x], Tolerant: false))];

    /// <summary>Gets a value indicating whether it may read any name of the scope.</summary>
    public bool ReadsWholeScope => _template?.ReadsWholeScope ?? _jmesPath is { ReferencedRoots: null };

    /// <summary>Compiles a condition.</summary>
    /// <param name="type">One of <see cref="Types"/>; null is <c>always</c> without an expression, and <c>expr</c> with one.</param>
    /// <param name="expression">The expression; <c>always</c> needs none.</param>
    /// <exception cref="WeftException">
    /// The type is unknown (<c>condition_unknown_type</c>), the expression is missing (<c>condition_empty</c>), or it can't be
    /// read (<see cref="TemplateException"/>, <see cref="JmesPathException"/>).
    /// </exception>
    public static CompiledCondition Parse(string? type, string? expression)
    {
        var kind = string.IsNullOrWhiteSpace(type) ? string.IsNullOrWhiteSpace(expression) ? "always" : "expr" : type.Trim();
        if (Array.IndexOf(KnownTypes, kind) < 0)
        {
            throw new WeftException(
                "condition_unknown_type", Fault.Internal,
                $"There is no condition of the type '{kind}'.{NearMiss.HintOrList(kind, KnownTypes, "Types")}");
        }

        if (kind == "always")
        {
            return Always;
        }

        if (string.IsNullOrWhiteSpace(expression))
        {
            throw new WeftException("condition_empty", Fault.Internal, $"A condition of the type '{kind}' needs an expression.");
        }

        if (kind == "jmespath")
        {
            return new CompiledCondition(kind, expression, NoSecrets(JmesPath.Parse(expression)), null);
        }

        var template = Template.HasTags(expression) ? Template.Parse(expression) : Template.ParseExpression(expression);
        return template.ReadsEnvironment
            ? throw new TemplateException(
                TemplateErrorCodes.Secret,
                "A condition can't read 'env': workflows decide without secrets. Decide by an input or an output.",
                TemplatePosition.At(expression, 0),
                SourceExcerpt.Around(expression, 0))
            : new CompiledCondition(kind, expression, null, template);
    }

    /// <summary>Whether the condition holds.</summary>
    /// <param name="scope">The names it sees; of a JMESPath condition, the members of the document, each made only when it is read.</param>
    /// <param name="limits">The work that it may do.</param>
    /// <exception cref="TemplateException">It reads a path that leads to nothing, or can't be evaluated.</exception>
    /// <exception cref="JmesPathException">A function is given a value of the wrong type.</exception>
    public bool Evaluate(ExpressionScope scope, TemplateLimits? limits = null)
    {
        if (_jmesPath is not null)
        {
            return _jmesPath.IsTrue(scope, limits ?? TemplateLimits.Default);
        }

        if (_template is null)
        {
            return true;
        }

        var options = limits is null ? TemplateOptions.Strict : TemplateOptions.Strict with { Limits = limits };
        var isPython = Type is "expr" or "python_expr" && !Template.HasTags(Expression);
        return _template.IsTrue(scope, options, text => isPython ? text.Length > 0 : !LogicFunctions.IsFalseWord(text));
    }

    private static JmesPath NoSecrets(JmesPath path) => path.ReferencedRoots is { } roots && roots.Contains("env", StringComparer.Ordinal)
        ? throw new JmesPathException("syntax", "A condition can't read 'env': workflows decide without secrets.", path.Source, 0)
        : path;
}
