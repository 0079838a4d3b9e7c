namespace Weft.Language.Expressions.Values;

/// <summary>A place in a template's text.</summary>
/// <param name="Offset">UTF-16 units from its start, from 0.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 units, from 1.</param>
public readonly record struct TemplatePosition(int Offset, int Line, int Column)
{
    /// <summary>The place at an offset of a text.</summary>
    public static TemplatePosition At(string source, int offset)
    {
        var end = Math.Clamp(offset, 0, source.Length);
        var before = source.AsSpan(0, end);
        return new TemplatePosition(end, before.Count('\n') + 1, end - before.LastIndexOf('\n'));
    }
}
