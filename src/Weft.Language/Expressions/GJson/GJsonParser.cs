using System.Globalization;
using System.Text;

namespace Weft.Language.Expressions.GJson;

/// <summary>Reads a path in GJSON's form, as <c>$ref</c> and <c>$use</c> write it: <c>agents.#(id="x").actions.0</c>.</summary>
/// <remarks>
/// Segments are separated by dots (or <c>|</c>): a name, in which <c>*</c> and <c>?</c> are wildcards and <c>\</c> takes the next
/// character as it is; a number, which is an index of a list; <c>#</c>, which is a list's length, or with something behind it a
/// field of every item; <c>#(query)</c>, the first item that the query holds for; <c>#(query)#</c>, all of them. A query compares a
/// path of the item with a value by <c>=</c> or <c>==</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>,
/// <c>%</c> (like, with wildcards) and <c>!%</c>, or asks for a path alone; queries are joined by <c>&amp;&amp;</c> and <c>||</c>.
/// </remarks>
internal sealed class GJsonParser(string source)
{
    private const int DeepestNesting = 32;
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "!%", "=", "<", ">", "%"];
    private int _at;
    private int _depth;

    private char Current => _at < source.Length ? source[_at] : '\0';

    /// <exception cref="WeftException">It can't be read (code <c>path_syntax</c>).</exception>
    public GJsonSegment[] Parse()
    {
        if (source.Trim().Length == 0)
        {
            throw Fault("The path is empty.");
        }

        var segments = Segments(inQuery: false);
        return _at == source.Length ? segments : throw Fault($"'{Current}' is not expected here.");
    }

    private GJsonSegment[] Segments(bool inQuery)
    {
        if (++_depth > DeepestNesting)
        {
            throw Fault("The path is nested too deeply.");
        }

        var segments = new List<GJsonSegment>();
        do
        {
            segments.Add(Segment(inQuery));
        }
        while (TakeSeparator(inQuery));

        _depth--;
        return [.. segments];
    }

    private bool TakeSeparator(bool inQuery)
    {
        if (Current == '.' || (Current == '|' && !inQuery))
        {
            _at++;
            return true;
        }

        return false;
    }

    private GJsonSegment Segment(bool inQuery)
    {
        switch (Current)
        {
            case '#':
                _at++;
                return Current == '(' ? Query() : new GJsonSegment(GJsonSegmentKind.Each, "#", null, null);
            case '@' or '!' when !inQuery:
                throw Fault("Modifiers and literals are not part of these paths.");
            case '{' or '[':
                throw Fault("Multipaths are not part of these paths; write one path.");
        }

        var start = _at;
        var parts = new List<(char Character, bool IsWild)>();
        while (_at < source.Length && !EndsName(inQuery))
        {
            if (Current == '\\' && _at + 1 < source.Length)
            {
                _at++;
                parts.Add((Current, false));
            }
            else
            {
                parts.Add((Current, Current is '*' or '?'));
            }

            _at++;
        }

        if (inQuery)
        {
            while (parts is [.., (' ', false)])
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        if (parts.Count == 0)
        {
            throw Fault("A name is missing.", start);
        }

        var text = new string([.. parts.Select(x => x.Character)]);
        return new GJsonSegment(GJsonSegmentKind.Name, text, parts.Exists(x => x.IsWild) ? new GJsonPattern([.. parts]) : null, null);
    }

    private bool EndsName(bool inQuery) => inQuery
        ? Current is '.' or ')' or '=' or '!' or '<' or '>' or '%'
            || (Current is '&' or '|' && _at + 1 < source.Length && source[_at + 1] == Current)
        : Current is '.' or '|';

    private GJsonSegment Query()
    {
        var open = _at++;
        var alternatives = new List<GJsonCondition[]>();
        var conditions = new List<GJsonCondition>();
        while (true)
        {
            conditions.Add(Condition());
            SkipSpace();
            if (Take("&&"))
            {
                continue;
            }

            alternatives.Add([.. conditions]);
            conditions.Clear();
            if (Take("||"))
            {
                continue;
            }

            if (!Take(")"))
            {
                throw _at >= source.Length ? Fault("The query is not closed by ')'.", open)
                    : Fault($"Expected '&&', '||' or ')', but found '{Current}'.");
            }

            return new GJsonSegment(Take("#") ? GJsonSegmentKind.All : GJsonSegmentKind.First, "#(…)", null, [.. alternatives]);
        }
    }

    private GJsonCondition Condition()
    {
        SkipSpace();
        // Items that are no objects are compared themselves: '#(="x")'.
        var path = Array.Exists(Operators, Looks) ? [] : Segments(inQuery: true);
        SkipSpace();
        var operation = Array.Find(Operators, Take);
        if (operation is null)
        {
            return path.Length > 0 ? new GJsonCondition(path, "", null) : throw Fault("The query is empty.");
        }

        SkipSpace();
        var literal = Literal();
        return new GJsonCondition(path, operation == "=" ? "==" : operation, literal);
    }

    private GJsonLiteral Literal()
    {
        var start = _at;
        if (Current is '"' or '\'')
        {
            var quote = Current;
            var text = new StringBuilder();
            var parts = new List<(char, bool)>();
            for (_at++; Current != quote; _at++)
            {
                if (_at >= source.Length)
                {
                    throw Fault("The text is not closed.", start);
                }

                var isEscaped = Current == '\\' && _at + 1 < source.Length;
                _at += isEscaped ? 1 : 0;
                text.Append(Current);
                parts.Add((Current, !isEscaped && (Current is '*' or '?')));
            }

            _at++;
            return new GJsonLiteral(text.ToString(), null, null) { Pattern = new GJsonPattern([.. parts]) };
        }

        while (_at < source.Length && Current != ')' && !Looks("&&") && !Looks("||"))
        {
            _at++;
        }

        var word = source[start.._at].Trim();
        return word switch
        {
            "" => throw Fault("The value is missing.", start),
            "true" => new GJsonLiteral(null, null, true),
            "false" => new GJsonLiteral(null, null, false),
            "null" => new GJsonLiteral(null, null, null),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                new GJsonLiteral(null, number, null),
            _ => new GJsonLiteral(word, null, null) { Pattern = new GJsonPattern([.. word.Select(c => (c, c is '*' or '?'))]) },
        };
    }

    private void SkipSpace()
    {
        while (Current == ' ')
        {
            _at++;
        }
    }

    private bool Looks(string text) => string.CompareOrdinal(source, _at, text, 0, text.Length) == 0;

    private bool Take(string text)
    {
        if (!Looks(text))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private WeftException Fault(string fault, int? at = null) =>
        new("path_syntax", Language.Fault.Internal, $"The path '{source.Clip(120)}' can't be read at column {(at ?? _at) + 1}: {fault}");
}
