using Weft.Language.Diagnostics;

namespace Weft.Language.Source;

/// <summary>A text, number, truth value or null.</summary>
internal sealed class SourceScalar(SourceFile file, int line, int column, string text, ScalarKind scalarKind, ScalarForm form, int start)
    : SourceNode(file, line, column)
{
    /// <summary>Gets the text: unquoted, unescaped, unfolded; of a number the digits as written.</summary>
    public string Text { get; } = text;

    public ScalarKind ScalarKind { get; } = scalarKind;

    public ScalarForm Form { get; } = form;

    public bool IsNull => ScalarKind == ScalarKind.Null;

    public override string Kind => ScalarKind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Bool => "true or false",
        ScalarKind.Integer or ScalarKind.Float => "a number",
        _ => "text",
    };

    /// <summary>The place in the file of a place in <see cref="Text"/>.</summary>
    /// <remarks>Walks the raw text along with the value, so that folds, escapes and indentation count.</remarks>
    public SourceSpan PlaceOf(int offset)
    {
        var raw = File.Text;
        if (start < 0 || start >= raw.Length || offset < 0)
        {
            return Span;
        }

        var walk = new RawWalk(raw, start, Line, Column);
        var indent = 0;
        if (Form == ScalarForm.Block)
        {
            var given = GivenIndent(raw);
            walk.SkipLine();
            indent = given ?? walk.IndentOfBlock(Math.Max(0, Column - 1));
            walk.SkipSpaces(indent);
        }
        else if (Form is ScalarForm.SingleQuoted or ScalarForm.DoubleQuoted)
        {
            walk.Next();
        }

        var end = Math.Min(offset, Text.Length);
        for (var i = 0; i < end && !walk.AtEnd;)
        {
            i = Step(ref walk, i, indent);
        }

        if (Form != ScalarForm.Block && end < Text.Length && Text[end] != '\n')
        {
            walk.SkipFold();
        }

        return new SourceSpan(File.Name, walk.Line, walk.Column);
    }

    /// <summary>The indentation that a block's header gives (<c>|2</c>), counted from the left; null: by its first line.</summary>
    private int? GivenIndent(string raw)
    {
        var digit = start + 1;
        while (digit < raw.Length && raw[digit] is '+' or '-')
        {
            digit++;
        }

        if (digit >= raw.Length || raw[digit] is < '1' or > '9')
        {
            return null;
        }

        var lineStart = raw.LastIndexOf('\n', start) + 1;
        var parent = 0;
        while (raw[lineStart + parent] is ' ' or '-')
        {
            parent++;
        }

        return parent + raw[digit] - '0';
    }

    private int Step(ref RawWalk walk, int i, int indent)
    {
        var c = walk.Current;
        if (c == '\r')
        {
            walk.Next();
            return i;
        }

        if (c == '\n')
        {
            walk.Next();
            if (Form == ScalarForm.Block)
            {
                walk.SkipSpaces(indent);
            }
            else
            {
                walk.SkipBlanks();
            }

            return Text[i] is '\n' or ' ' ? i + 1 : i;
        }

        if (Form == ScalarForm.DoubleQuoted && c == '\\')
        {
            return i + walk.SkipEscape();
        }

        if (Form == ScalarForm.SingleQuoted && c == '\'')
        {
            walk.Next();
        }

        var blanksBeforeFold = Form != ScalarForm.Block && c is ' ' or '\t' && c != Text[i];
        walk.Next();
        return blanksBeforeFold ? i : i + 1;
    }
}
