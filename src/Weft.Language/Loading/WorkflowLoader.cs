using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Directives;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Reads workflows: YAML or JSON, in any of the three dialects.</summary>
public static class WorkflowLoader
{
    /// <summary>Reads one workflow, and reports every fault of the text in one pass.</summary>
    /// <param name="text">The text: YAML, or JSON.</param>
    /// <param name="fileName">What to call the file in findings; a name that ends in <c>.json</c> is read as JSON alone. Null: no
    /// file.</param>
    /// <param name="options">What else is known; null: nothing.</param>
    public static LoadResult Load(string text, string? fileName = null, LoadOptions? options = null)
    {
        options ??= LoadOptions.Default;
        var bag = new DiagnosticBag(LoadLimits.MaxDiagnostics);
        WorkflowDefinition? definition = null;
        if (SourceReader.Read(text, fileName, bag) is { } node)
        {
            definition = Build(node, options, bag);
        }
        else if (!bag.HasErrors)
        {
            bag.Error(DiagnosticCodes.NotAMapping, new SourceSpan(fileName, 1, 1),
                "The text is empty. A workflow needs 'workflow', 'tasks' or 'steps'.");
        }

        return new LoadResult(bag.HasErrors ? null : definition, bag.ToList(fileName));
    }

    private static WorkflowDefinition? Build(SourceNode node, LoadOptions options, DiagnosticBag bag)
    {
        if (node is not SourceMap root)
        {
            bag.Error(DiagnosticCodes.NotAMapping, node, $"A workflow is a mapping of keys, not {node.Kind}.");
            return null;
        }

        if (DialectOf.Find(root, bag) is not { } dialect || DirectiveEvaluator.Evaluate(root, options, bag) is not { } written)
        {
            return null;
        }

        var expressions = new ExpressionIndex(bag);
        var shape = dialect switch { Dialect.Graph => FileShapes.Graph, Dialect.Tasks => FileShapes.Tasks, _ => FileShapes.Steps };
        root = new ShapeCheck(bag, expressions, options.UnsupportedSections, options.ToolTypes).CheckFile(written, shape);
        SecretScan.Check(written, bag);
        LanguageVersion.Check(root, bag);
        var context = new LoadContext(root, options, bag, expressions);
        var library = new Library(context);
        foreach (var (schema, at) in expressions.Schemas)
        {
            library.Schema(schema, at);
        }

        AgentUse.CheckMemories(context, root.Maps("memories").Select(m => m.Text("id")).OfType<string>());
        WorkflowBody body = dialect switch
        {
            Dialect.Graph =>
                new GraphLoader(context, library).Load(root.Map("workflow") ?? new SourceMap(root.File, root.Line, root.Column, [])),
            Dialect.Tasks => new TaskLoader(context, library).Load(),
            _ => new StepsLoader(context, library).Load(),
        };
        return WorkflowHead.Build(context, library, dialect, body);
    }
}
