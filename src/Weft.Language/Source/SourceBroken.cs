namespace Weft.Language.Source;

/// <summary>Stands for a value that could not be found; it has been told, so nobody complains about it again.</summary>
internal sealed class SourceBroken(SourceFile file, int line, int column) : SourceNode(file, line, column)
{
    public override string Kind => "nothing";
}
