using System.Text.Json.Nodes;
using Weft.Language.Expressions.Parsing;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions;

/// <summary>A template, compiled once and evaluated many times. It never changes, and many threads may evaluate it at once.</summary>
/// <remarks>
/// Jinja's notation (<c>{{ a.b | default("x") }}</c>, <c>{% if %}</c>, <c>{% for %}</c>) and Go's (<c>{{ .a.b | default "x" }}</c>,
/// <c>{{ range .xs }}…{{ end }}</c>) are one language here and may be mixed. docs/template-functions.md lists the functions.
/// </remarks>
public sealed class Template
{
    private readonly Block _body;
    private readonly int _locals;
    private readonly Expr? _expression;
    private readonly TemplateAnalysis _analysis = new();

    private Template(string source, Block body, int locals)
    {
        Source = source;
        _body = body;
        _locals = locals;
        _expression = SingleExpression(body);
        IsLiteral = Array.TrueForAll(body.Statements, x => x is TextStatement);
        body.Analyze(_analysis);
    }

    /// <summary>Gets the source.</summary>
    public string Source { get; }

    /// <summary>Gets a value indicating whether it is text without any tag that reads or decides.</summary>
    public bool IsLiteral { get; }

    /// <summary>Gets a value indicating whether it is exactly one expression, so that <see cref="Evaluate"/> keeps its type.</summary>
    public bool IsExpression => _expression is not null;

    /// <summary>Gets the paths of the scope that it reads, in source order, without <c>env</c> and without what is computed.</summary>
    public IReadOnlyList<ReferencedPath> ReferencedPaths => _analysis.Paths;

    /// <summary>Gets the names in the scope that it reads.</summary>
    public IReadOnlyList<string> ReferencedRoots => [.. _analysis.Paths.Select(x => x.Root).Distinct(StringComparer.Ordinal)];

    /// <summary>Gets a value indicating whether it reads the scope as a whole (<c>$</c> or a bare <c>.</c>): any name may matter.</summary>
    public bool ReadsWholeScope => _analysis.ReadsWholeScope;

    /// <summary>Gets a value indicating whether it reads <c>env</c>: what it renders then holds <see cref="SecretPlaceholders"/>.</summary>
    public bool ReadsEnvironment => _analysis.Environment.Count > 0;

    /// <summary>Gets the names below <c>env</c> that it reads, in ordinal order.</summary>
    public IReadOnlyCollection<string> EnvironmentNames => _analysis.Environment;

    /// <summary>Gets the names of the schemas that it validates against, as far as they are written out.</summary>
    public IReadOnlyCollection<string> ReferencedSchemas => _analysis.Schemas;

    /// <summary>Gets the tools that it calls, as <c>billing_system.get_account_status</c>: then only an activity can evaluate it.</summary>
    public IReadOnlyCollection<string> ReferencedTools => _analysis.Tools;

    /// <summary>Compiles a template.</summary>
    /// <exception cref="TemplateException">It can't be read, or calls a function that does not exist.</exception>
    public static Template Parse(string source)
    {
        source = SecretPlaceholders.Clean(source);
        if (!HasTags(source))
        {
            return new Template(source, new Block(source.Length == 0 ? [] : [new TextStatement(source)]), 0);
        }

        var (body, locals) = TemplateParser.Parse(source);
        return new Template(source, body, locals);
    }

    /// <summary>Compiles an expression that is written without braces, such as <c>confidence &gt; 0.8</c>.</summary>
    /// <exception cref="TemplateException">It can't be read, or calls a function that does not exist.</exception>
    public static Template ParseExpression(string source)
    {
        source = SecretPlaceholders.Clean(source);
        var (body, locals) = TemplateParser.ParseExpression(source);
        return new Template(source, body, locals);
    }

    /// <summary>Whether a text has any tag, so that it is more than itself.</summary>
    public static bool HasTags(string text)
    {
        for (var at = text.IndexOf('{'); at >= 0 && at + 1 < text.Length; at = text.IndexOf('{', at + 1))
        {
            if (text[at + 1] is '{' or '%' or '#')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Renders it as text.</summary>
    /// <param name="scope">The names it sees.</param>
    /// <param name="options">The mode and the limits; strict by default.</param>
    /// <exception cref="TemplateException">It can't be evaluated.</exception>
    public RenderedText Render(ExpressionScope scope, TemplateOptions? options = null)
    {
        if (IsLiteral)
        {
            return new RenderedText(LiteralText(), []);
        }

        return Run(scope, options ?? TemplateOptions.Strict, context =>
        {
            _body.Run(context);
            return new RenderedText(context.Output.ToString(), context.Warnings);
        });
    }

    /// <summary>Evaluates it: one expression keeps its type, anything else is text.</summary>
    /// <inheritdoc cref="Render" path="/param"/>
    /// <inheritdoc cref="Render" path="/exception"/>
    /// <returns>A value that the caller owns: it has no parent and shares nothing with the scope.</returns>
    public EvaluatedValue Evaluate(ExpressionScope scope, TemplateOptions? options = null)
    {
        if (_expression is null)
        {
            var text = Render(scope, options);
            return new EvaluatedValue(JsonValue.Create(text.Text), text.Warnings);
        }

        return Run(scope, options ?? TemplateOptions.Strict, context =>
        {
            var value = context.Require(_expression.Evaluate(context));
            context.At = _expression.Offset;
            return new EvaluatedValue(ValueNodes.ToNode(value, context.Budget), context.Warnings);
        });
    }

    /// <summary>Whether it is true as a condition: by Python's rule for a typed value; a text also by its words.</summary>
    internal bool IsTrue(ExpressionScope scope, TemplateOptions options, Func<string, bool> isTrueText)
    {
        if (_expression is null)
        {
            return isTrueText(Render(scope, options).Text);
        }

        return Run(scope, options, context =>
        {
            var value = context.Require(_expression.Evaluate(context));
            return value.IsText ? isTrueText(value.AsText) : value.IsTruthy;
        });
    }

    private static Expr? SingleExpression(Block body)
    {
        Expr? expression = null;
        foreach (var statement in body.Statements)
        {
            switch (statement)
            {
                case OutputStatement output when expression is null:
                    expression = output.Expression;
                    break;
                case TextStatement text when string.IsNullOrWhiteSpace(text.Text):
                    break;
                default:
                    return null;
            }
        }

        return expression;
    }

    private string LiteralText() => _body.Statements switch
    {
        [] => "",
        [TextStatement only] => only.Text,
        var parts => string.Concat(parts.Select(x => ((TextStatement)x).Text)),
    };

    private T Run<T>(ExpressionScope scope, TemplateOptions options, Func<RenderContext, T> run)
    {
        using var output = new TextSink(options.Limits.OutputLength);
        var context = new RenderContext(Source, scope, options, _locals, output);
        try
        {
            return run(context);
        }
        catch (ExpressionException exception) when (exception is not TemplateException)
        {
            throw new TemplateException(
                exception.Code, exception.Message, TemplatePosition.At(Source, context.At), SourceExcerpt.Around(Source, context.At),
                exception);
        }
    }
}
