using Weft.Workflows.Definitions.Shapes;
using Weft.Workflows.Definitions.Source;

namespace Weft.Workflows.Definitions.Loading;

/// <summary>What the parts of one load share.</summary>
internal sealed class LoadContext(SourceMap root, LoadOptions options, DiagnosticBag bag, ExpressionIndex expressions)
{
    public SourceMap Root { get; } = root;

    public LoadOptions Options { get; } = options;

    public DiagnosticBag Bag { get; } = bag;

    public ExpressionIndex Expressions { get; } = expressions;
}
