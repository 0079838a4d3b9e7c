using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>Reads a template: text, and tags of both notations, which may be mixed but close what they opened themselves.</summary>
internal sealed partial class TemplateParser
{
    private readonly SourceCursor _cursor;
    private readonly LocalNames _locals = new();
    private readonly ExpressionParser _expressions;
    private readonly List<OpenBlock> _open = [];
    private bool _trimsNext;

    private TemplateParser(string source)
    {
        _cursor = new SourceCursor(source);
        _expressions = new ExpressionParser(_cursor, _locals);
    }

    private sealed record OpenBlock(string Word, bool IsGo, int Offset);

    /// <summary>The tag that ended a block: its word, with the cursor behind it.</summary>
    private readonly record struct Ending(string Word, bool IsGo, int Offset);

    public static (Block Body, int Locals) Parse(string source)
    {
        CheckLength(source);
        var parser = new TemplateParser(source);
        var (body, ending) = parser.ParseBlock();
        if (ending is { } unexpected)
        {
            throw parser._cursor.Fault($"'{unexpected.Word}' closes or divides no open block.", offset: unexpected.Offset);
        }

        return (body, parser._locals.Count);
    }

    /// <summary>Reads a text that is one expression, without braces.</summary>
    public static (Block Body, int Locals) ParseExpression(string source)
    {
        CheckLength(source);
        var parser = new TemplateParser(source);
        parser._cursor.SkipSpace();
        if (parser._cursor.IsAtEnd)
        {
            throw parser._cursor.Fault("The expression is empty.");
        }

        var expression = parser._expressions.ParseWhole();
        parser._cursor.SkipSpace();
        return parser._cursor.IsAtEnd
            ? (new Block([new OutputStatement(expression)]), parser._locals.Count)
            : throw parser._cursor.Fault($"Expected an operator or the end, but found {parser._cursor.Found()}.");
    }

    private static void CheckLength(string source)
    {
        if (source.Length > TemplateLimits.SourceLength)
        {
            throw new TemplateException(
                TemplateErrorCodes.Limit,
                $"The template has {source.Length} characters; the most is {TemplateLimits.SourceLength}.",
                default(TemplatePosition) with { Line = 1, Column = 1 },
                "");
        }
    }

    private (Block Body, Ending? Ending) ParseBlock()
    {
        var statements = new List<Statement>();
        while (true)
        {
            var tag = NextTag();
            AddText(statements, tag);
            if (tag < 0)
            {
                if (_open is [.., var open])
                {
                    throw _cursor.Fault($"'{open.Word}' is never closed. Close it with {Closing(open)}.", offset: open.Offset);
                }

                return (new Block([.. statements]), null);
            }

            _cursor.At = tag + 1;
            var kind = _cursor.Current;
            _cursor.At++;
            if (_cursor.Current == '-' && !(kind == '{' && char.IsAsciiDigit(_cursor.Peek())))
            {
                _cursor.At++;
            }
            else if (_cursor.Current == '+' && kind == '%')
            {
                _cursor.At++;
            }

            var ending = kind switch
            {
                '#' => SkipComment("#}", tag),
                '%' => ParseJinjaTag(statements),
                _ => ParseBraces(statements, tag),
            };
            if (ending is not null)
            {
                return (new Block([.. statements]), ending);
            }
        }
    }

    private int NextTag()
    {
        for (var at = _cursor.At; ; at++)
        {
            at = _cursor.Source.IndexOf('{', at);
            if (at < 0 || at + 1 >= _cursor.Source.Length)
            {
                return -1;
            }

            if (_cursor.Source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }
    }

    private void AddText(List<Statement> statements, int tag)
    {
        var text = _cursor.Source.AsSpan(_cursor.At, (tag < 0 ? _cursor.Source.Length : tag) - _cursor.At);
        if (_trimsNext)
        {
            text = text.TrimStart();
        }

        if (tag >= 0 && tag + 2 < _cursor.Source.Length && _cursor.Source[tag + 2] == '-' && !IsNegativeNumber(tag))
        {
            text = text.TrimEnd();
        }

        _trimsNext = false;
        if (!text.IsEmpty)
        {
            statements.Add(new TextStatement(text.ToString()));
        }
    }

    // '{{-3}}' is a number, '{{- 3}}' trims.
    private bool IsNegativeNumber(int tag) =>
        _cursor.Source[tag + 1] == '{' && tag + 3 < _cursor.Source.Length && char.IsAsciiDigit(_cursor.Source[tag + 3]);

    private Ending? SkipComment(string close, int start)
    {
        var end = _cursor.Source.IndexOf(close, _cursor.At, StringComparison.Ordinal);
        if (end < 0)
        {
            throw _cursor.Fault(
                $"The comment is not closed by '{close}'. To write '{{#' as text, put it between {{% raw %}} and {{% endraw %}}.",
                offset: start);
        }

        _trimsNext = end > _cursor.At && _cursor.Source[end - 1] == '-';
        _cursor.At = end + close.Length;
        return null;
    }

    private void CloseTag(bool isGo)
    {
        _cursor.SkipSpace();
        var close = isGo ? "}}" : "%}";
        if (_cursor.Current == '-' && string.CompareOrdinal(_cursor.Source, _cursor.At + 1, close, 0, 2) == 0)
        {
            _trimsNext = true;
            _cursor.At++;
        }
        else if (!isGo && _cursor.Looks("+%}"))
        {
            _cursor.At++;
        }

        if (!_cursor.Take(close))
        {
            throw _cursor.Fault(_cursor.IsAtEnd
                ? $"The tag is not closed by '{close}'."
                : $"Expected an operator or '{close}', but found {_cursor.Found()}.");
        }
    }

    private void Open(string word, bool isGo, int offset)
    {
        if (_open.Count >= TemplateLimits.Nesting)
        {
            throw _cursor.Fault($"Blocks are nested more than {TemplateLimits.Nesting} levels deep.", TemplateErrorCodes.Limit, offset);
        }

        _open.Add(new OpenBlock(word, isGo, offset));
    }

    /// <summary>Reads the block just opened, up to a tag of its own notation that may end it.</summary>
    private (Block Body, Ending Ending) ParseBody(params ReadOnlySpan<string> endings)
    {
        var (body, ending) = ParseBlock();
        var open = _open[^1];
        var end = ending!.Value; // only the end of the text has none, and that is an error while a block is open
        if (end.IsGo != open.IsGo || !endings.Contains(end.Word))
        {
            throw _cursor.Fault(
                $"'{end.Word}' does not belong to the '{open.Word}' of line {TemplatePosition.At(_cursor.Source, open.Offset).Line}, "
                + $"which is closed with {Closing(open)}.",
                offset: end.Offset);
        }

        return (body, end);
    }

    private static string Closing(OpenBlock open) => open.IsGo ? "{{ end }}" : $"{{% end{open.Word} %}}";
}
