using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary>Cuts a JMESPath expression into tokens. Source: the grammar at jmespath.org/specification.html.</summary>
internal static class JmesLexer
{
    public static List<JmesToken> Read(string source)
    {
        var tokens = new List<JmesToken>();
        var at = 0;
        while (at < source.Length)
        {
            var c = source[at];
            if (c is ' ' or '\t' or '\n' or '\r')
            {
                at++;
                continue;
            }

            var start = at;
            switch (c)
            {
                case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_':
                    at = EndOfName(source, at + 1);
                    tokens.Add(new JmesToken(JmesTokenKind.Identifier, source[start..at], start));
                    break;
                case '$' when at + 1 < source.Length && (char.IsAsciiLetter(source[at + 1]) || source[at + 1] == '_'):
                    at = EndOfName(source, at + 1);
                    tokens.Add(new JmesToken(JmesTokenKind.Variable, source[(start + 1)..at], start));
                    break;
                case '-' or (>= '0' and <= '9'):
                    at++;
                    while (at < source.Length && char.IsAsciiDigit(source[at]))
                    {
                        at++;
                    }

                    if (c == '-' && at == start + 1)
                    {
                        throw JmesPathException.Syntax(source, start, "'-' is not followed by a number.");
                    }

                    tokens.Add(new JmesToken(JmesTokenKind.Number, source[start..at], start));
                    break;
                case '"':
                    tokens.Add(Quoted(source, ref at));
                    break;
                case '\'':
                    tokens.Add(Raw(source, ref at));
                    break;
                case '`':
                    tokens.Add(Literal(source, ref at));
                    break;
                default:
                    tokens.Add(Sign(source, ref at));
                    break;
            }
        }

        tokens.Add(new JmesToken(JmesTokenKind.End, "", source.Length));
        return tokens;
    }

    /// <summary>Reads the JSON of a literal.</summary>
    public static JsonNode? ParseLiteral(string source, JmesToken token)
    {
        try
        {
            return JsonNode.Parse(token.Text.Trim(' ', '\t', '\n', '\r'), documentOptions: new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (JsonException exception)
        {
            throw JmesPathException.Syntax(
                source, token.Offset, "The literal between the backticks is no JSON. Write a text as 'text', or as `\"text\"`.", exception);
        }
    }

    private static int EndOfName(string source, int at)
    {
        while (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] == '_'))
        {
            at++;
        }

        return at;
    }

    private static JmesToken Quoted(string source, ref int at)
    {
        var start = at++;
        while (at < source.Length && source[at] != '"')
        {
            at += source[at] == '\\' ? 2 : 1;
        }

        if (at >= source.Length)
        {
            throw JmesPathException.Syntax(source, start, "The quoted name is not closed.");
        }

        at++;
        try
        {
            var name = JsonSerializer.Deserialize<string>(source[start..at]) ?? "";
            return name.Length > 0
                ? new JmesToken(JmesTokenKind.QuotedIdentifier, name, start)
                : throw JmesPathException.Syntax(source, start, "The quoted name is empty.");
        }
        catch (JsonException exception)
        {
            throw JmesPathException.Syntax(source, start, "The quoted name has an escape that JSON does not know.", exception);
        }
    }

    private static JmesToken Raw(string source, ref int at)
    {
        var start = at++;
        var text = new StringBuilder();
        while (at < source.Length && source[at] != '\'')
        {
            if (source[at] == '\\' && at + 1 < source.Length && source[at + 1] == '\'')
            {
                at++;
            }
            else if (source[at] == '\\' && at + 1 < source.Length)
            {
                text.Append(source[at++]);
            }

            text.Append(source[at++]);
        }

        if (at >= source.Length)
        {
            throw JmesPathException.Syntax(source, start, "The text is not closed.");
        }

        at++;
        return new JmesToken(JmesTokenKind.RawString, text.ToString(), start);
    }

    private static JmesToken Literal(string source, ref int at)
    {
        var start = at++;
        var text = new StringBuilder();
        while (at < source.Length && source[at] != '`')
        {
            if (source[at] == '\\' && at + 1 < source.Length)
            {
                if (source[at + 1] != '`')
                {
                    text.Append('\\');
                }

                at++;
            }

            text.Append(source[at++]);
        }

        if (at >= source.Length)
        {
            throw JmesPathException.Syntax(source, start, "The literal is not closed.");
        }

        at++;
        return new JmesToken(JmesTokenKind.Literal, text.ToString(), start);
    }

    private static JmesToken Sign(string source, ref int at)
    {
        var start = at;
        var next = at + 1 < source.Length ? source[at + 1] : '\0';
        var (kind, length) = (source[at], next) switch
        {
            ('[', ']') => (JmesTokenKind.Flatten, 2),
            ('[', '?') => (JmesTokenKind.Filter, 2),
            ('|', '|') => (JmesTokenKind.Or, 2),
            ('&', '&') => (JmesTokenKind.And, 2),
            ('=', '=') => (JmesTokenKind.Equal, 2),
            ('!', '=') => (JmesTokenKind.NotEqual, 2),
            ('<', '=') => (JmesTokenKind.LessOrEqual, 2),
            ('>', '=') => (JmesTokenKind.GreaterOrEqual, 2),
            ('[', _) => (JmesTokenKind.LeftBracket, 1),
            (']', _) => (JmesTokenKind.RightBracket, 1),
            ('{', _) => (JmesTokenKind.LeftBrace, 1),
            ('}', _) => (JmesTokenKind.RightBrace, 1),
            ('(', _) => (JmesTokenKind.LeftParen, 1),
            (')', _) => (JmesTokenKind.RightParen, 1),
            ('.', _) => (JmesTokenKind.Dot, 1),
            ('*', _) => (JmesTokenKind.Star, 1),
            (',', _) => (JmesTokenKind.Comma, 1),
            (':', _) => (JmesTokenKind.Colon, 1),
            ('|', _) => (JmesTokenKind.Pipe, 1),
            ('!', _) => (JmesTokenKind.Not, 1),
            ('<', _) => (JmesTokenKind.Less, 1),
            ('>', _) => (JmesTokenKind.Greater, 1),
            ('@', _) => (JmesTokenKind.Current, 1),
            ('&', _) => (JmesTokenKind.Expression, 1),
            ('=', _) => (JmesTokenKind.Assign, 1),
            _ => throw JmesPathException.Syntax(source, start, $"'{source[start]}' has no meaning here."),
        };
        at += length;
        return new JmesToken(kind, source[start..at], start);
    }
}
