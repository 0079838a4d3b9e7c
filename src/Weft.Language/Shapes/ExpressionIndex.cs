using Weft.Language.Diagnostics;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Language.Source;

namespace Weft.Language.Shapes;

/// <summary>
/// Reads every template and condition of a file once: reports what cannot be read, and remembers the paths that are read.
/// </summary>
internal sealed class ExpressionIndex(DiagnosticBag bag)
{
    private readonly Dictionary<SourceScalar, IReadOnlyList<IReadOnlyList<string>>> _paths = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gets the names of the schemas that templates validate against, each with the place of its first use.</summary>
    public Dictionary<string, SourceScalar> Schemas { get; } = [];

    /// <summary>Reads a text that may be a template.</summary>
    public void Template(SourceScalar scalar)
    {
        if (!Expressions.Template.HasTags(scalar.Text) || _paths.ContainsKey(scalar))
        {
            return;
        }

        try
        {
            Remember(scalar, Expressions.Template.Parse(scalar.Text));
        }
        catch (TemplateException e)
        {
            bag.Error(DiagnosticCodes.BadTemplate, scalar.PlaceOf(e.Position.Offset), $"The template cannot be read: {e.Reason}");
        }
    }

    /// <summary>Reads a condition.</summary>
    public void Condition(SourceScalar scalar, string type)
    {
        if (_paths.ContainsKey(scalar) || type is "always" || !CompiledCondition.Types.Contains(type))
        {
            return;
        }

        try
        {
            var condition = CompiledCondition.Parse(type, scalar.Text);
            _paths[scalar] = type == "jmespath"
                ? [.. condition.ReferencedPaths.Select(p => WithOutput(p.Root, scalar.Text))]
                : [.. condition.ReferencedPaths.Select(p => p.Segments)];
        }
        catch (JmesPathException e)
        {
            var end = e.Message.LastIndexOf(" (column ", StringComparison.Ordinal);
            bag.Error(DiagnosticCodes.BadJmesPath, scalar.PlaceOf(e.Offset),
                $"The JMESPath expression cannot be read: {(end < 0 ? e.Message : e.Message[..end])}");
        }
        catch (TemplateException e)
        {
            bag.Error(DiagnosticCodes.BadExpression, scalar.PlaceOf(e.Position.Offset), $"The condition cannot be read: {e.Reason}");
        }
        catch (WeftException e)
        {
            bag.Error(DiagnosticCodes.BadExpression, scalar, e.Message);
        }
    }

    /// <summary>The paths that the expressions below a node read.</summary>
    public IEnumerable<PathRead> In(SourceNode node)
    {
        var open = new Stack<SourceNode>([node]);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case SourceScalar scalar when _paths.TryGetValue(scalar, out var paths):
                    foreach (var path in paths)
                    {
                        yield return new PathRead(scalar, path);
                    }

                    break;
                case SourceList list:
                    foreach (var item in list.Items)
                    {
                        open.Push(item);
                    }

                    break;
                case SourceMap map:
                    foreach (var entry in map.Entries)
                    {
                        open.Push(entry.Value);
                    }

                    break;
            }
        }
    }

    private void Remember(SourceScalar scalar, Template template)
    {
        _paths[scalar] = [.. template.ReferencedPaths.Select(p => p.Segments)];
        foreach (var schema in template.ReferencedSchemas)
        {
            Schemas.TryAdd(schema, scalar);
        }
    }

    /// <summary>Of a JMESPath expression only the roots are known; whether a result is meant shows in the text.</summary>
    private static IReadOnlyList<string> WithOutput(string root, string text) =>
        text.Contains($"{root}.output", StringComparison.Ordinal) ? [root, "output"] : [root];
}
