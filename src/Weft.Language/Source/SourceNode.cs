using Weft.Language.Diagnostics;

namespace Weft.Language.Source;

/// <summary>A value of a YAML or JSON text, and where it stands. Immutable; an alias shares the node of its anchor.</summary>
internal abstract class SourceNode(SourceFile file, int line, int column)
{
    public SourceFile File { get; } = file;

    /// <summary>Gets the line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Gets the column, from 1.</summary>
    public int Column { get; } = column;

    public SourceSpan Span => new(File.Name, Line, Column);

    /// <summary>Gets what it is, for messages: <c>a list</c>, <c>a mapping</c>, <c>a number</c>.</summary>
    public abstract string Kind { get; }
}
