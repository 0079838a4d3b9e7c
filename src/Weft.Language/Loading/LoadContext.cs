using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>What the parts of one load share.</summary>
internal sealed class LoadContext(SourceMap root, LoadOptions options, DiagnosticBag bag, ExpressionIndex expressions)
{
    public SourceMap Root { get; } = root;

    public LoadOptions Options { get; } = options;

    public DiagnosticBag Bag { get; } = bag;

    public ExpressionIndex Expressions { get; } = expressions;
}
