namespace Weft.Language.Source;

/// <summary>A list.</summary>
internal sealed class SourceList(SourceFile file, int line, int column, IReadOnlyList<SourceNode> items) : SourceNode(file, line, column)
{
    public IReadOnlyList<SourceNode> Items { get; } = items;

    public override string Kind => "a list";
}
