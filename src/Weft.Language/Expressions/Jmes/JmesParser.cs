using System.Globalization;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary>
/// Reads a JMESPath expression by operator precedence. Source: the grammar at jmespath.org/specification.html; JEP-18 for <c>let</c>.
/// </summary>
internal sealed class JmesParser(string source)
{
    private const int ProjectionStop = 10;
    private const int DeepestNesting = 200;
    private readonly List<JmesToken> _tokens = JmesLexer.Read(source);
    private int _at;
    private int _depth;

    private JmesToken Current => _tokens[_at];

    public JmesNode Parse()
    {
        if (source.Length > TemplateLimits.SourceLength)
        {
            throw new JmesPathException("limit", "The expression is too long.", source, 0);
        }

        var node = Expression(0);
        return Current.Kind == JmesTokenKind.End ? node : throw Unexpected("an operator or the end");
    }

    private static int Power(JmesTokenKind kind) => kind switch
    {
        JmesTokenKind.Pipe => 1,
        JmesTokenKind.Or => 2,
        JmesTokenKind.And => 3,
        JmesTokenKind.Equal or JmesTokenKind.NotEqual or JmesTokenKind.Less or JmesTokenKind.LessOrEqual or JmesTokenKind.Greater
            or JmesTokenKind.GreaterOrEqual => 5,
        JmesTokenKind.Flatten => 9,
        JmesTokenKind.Star => 20,
        JmesTokenKind.Filter => 21,
        JmesTokenKind.Dot => 40,
        JmesTokenKind.Not => 45,
        JmesTokenKind.LeftBrace => 50,
        JmesTokenKind.LeftBracket => 55,
        JmesTokenKind.LeftParen => 60,
        _ => 0,
    };

    private JmesNode Expression(int power)
    {
        if (++_depth > DeepestNesting)
        {
            throw new JmesPathException("limit", "The expression is nested too deeply.", source, Current.Offset);
        }

        var left = Prefix(Next());
        while (power < Power(Current.Kind))
        {
            left = Infix(Next(), left);
            if (left.Depth > JmesNode.DeepestTree)
            {
                throw new JmesPathException("limit", "The expression is too long.", source, Current.Offset);
            }
        }

        _depth--;
        return left;
    }

    private JmesNode Prefix(JmesToken token)
    {
        switch (token.Kind)
        {
            case JmesTokenKind.Identifier when token.Text == "let" && Current.Kind == JmesTokenKind.Variable:
                return Let();
            case JmesTokenKind.Identifier when Current.Kind == JmesTokenKind.LeftParen:
                return Call(token);
            case JmesTokenKind.Identifier:
                return new FieldNode(token.Text);
            case JmesTokenKind.QuotedIdentifier when Current.Kind == JmesTokenKind.LeftParen:
                throw JmesPathException.Syntax(source, token.Offset, "The name of a function is not quoted.");
            case JmesTokenKind.QuotedIdentifier:
                return new FieldNode(token.Text);
            case JmesTokenKind.Variable:
                return new VariableNode(token.Text, token.Offset);
            case JmesTokenKind.RawString:
                return new ConstantNode(Value.OfData(token.Text));
            case JmesTokenKind.Literal:
                return new ConstantNode(Value.FromNode(JmesLexer.ParseLiteral(source, token)));
            case JmesTokenKind.Current:
                return new CurrentNode();
            case JmesTokenKind.Star:
                return new ProjectionNode(ProjectionKind.Object, new CurrentNode(),
                    Current.Kind == JmesTokenKind.RightBracket ? new CurrentNode() : ProjectionRight(Power(JmesTokenKind.Star)));
            case JmesTokenKind.Filter:
                return Filter(new CurrentNode());
            case JmesTokenKind.Flatten:
                return Flatten(new CurrentNode());
            case JmesTokenKind.Not:
                return new NotNode(Expression(Power(JmesTokenKind.Not)));
            case JmesTokenKind.LeftBrace:
                return MultiObject();
            case JmesTokenKind.LeftParen:
                var inner = Expression(0);
                Expect(JmesTokenKind.RightParen, "')'");
                return inner;
            case JmesTokenKind.LeftBracket when Current.Kind is JmesTokenKind.Number or JmesTokenKind.Colon:
                return Index(new CurrentNode());
            case JmesTokenKind.LeftBracket when Current.Kind == JmesTokenKind.Star && _tokens[_at + 1].Kind == JmesTokenKind.RightBracket:
                _at += 2;
                return new ProjectionNode(ProjectionKind.List, new CurrentNode(), ProjectionRight(Power(JmesTokenKind.Star)));
            case JmesTokenKind.LeftBracket:
                return MultiList();
            case JmesTokenKind.Expression:
                throw JmesPathException.Syntax(source, token.Offset, "'&' stands only before an argument of a function.");
            default:
                _at = Math.Max(_at - 1, 0);
                throw Unexpected("a name, a literal or a bracket");
        }
    }

    private JmesNode Infix(JmesToken token, JmesNode left)
    {
        switch (token.Kind)
        {
            case JmesTokenKind.Dot when Current.Kind == JmesTokenKind.Star:
                _at++;
                return new ProjectionNode(ProjectionKind.Object, left, ProjectionRight(Power(JmesTokenKind.Star)));
            case JmesTokenKind.Dot:
                return new ThenNode(left, DotRight(Power(JmesTokenKind.Dot)));
            case JmesTokenKind.Pipe:
                return new ThenNode(left, Expression(Power(JmesTokenKind.Pipe)));
            case JmesTokenKind.Or or JmesTokenKind.And:
                return new LogicNode(token.Kind, left, Expression(Power(token.Kind)));
            case JmesTokenKind.Filter:
                return Filter(left);
            case JmesTokenKind.Flatten:
                return Flatten(left);
            case JmesTokenKind.LeftBracket when Current.Kind is JmesTokenKind.Number or JmesTokenKind.Colon:
                return Index(left);
            case JmesTokenKind.LeftBracket:
                Expect(JmesTokenKind.Star, "a number, a slice, '*' or '?'");
                Expect(JmesTokenKind.RightBracket, "']'");
                return new ProjectionNode(ProjectionKind.List, left, ProjectionRight(Power(JmesTokenKind.Star)));
            case JmesTokenKind.Equal or JmesTokenKind.NotEqual or JmesTokenKind.Less or JmesTokenKind.LessOrEqual or JmesTokenKind.Greater
                or JmesTokenKind.GreaterOrEqual:
                return new CompareNode(token.Kind, left, Expression(Power(token.Kind)));
            default:
                _at--;
                throw Unexpected("an operator");
        }
    }

    private ProjectionNode Filter(JmesNode left)
    {
        var condition = Expression(0);
        Expect(JmesTokenKind.RightBracket, "']'");
        var right = Current.Kind == JmesTokenKind.Flatten ? new CurrentNode() : ProjectionRight(Power(JmesTokenKind.Filter));
        return new ProjectionNode(ProjectionKind.List, left, right, condition);
    }

    private ProjectionNode Flatten(JmesNode left) =>
        new(ProjectionKind.List, new FlattenNode(left), ProjectionRight(Power(JmesTokenKind.Flatten)));

    private JmesNode Index(JmesNode left)
    {
        var bounds = new long?[3];
        var part = 0;
        while (Current.Kind != JmesTokenKind.RightBracket)
        {
            if (Current.Kind == JmesTokenKind.Colon && part < 2)
            {
                part++;
                _at++;
            }
            else if (Current.Kind == JmesTokenKind.Number && bounds[part] is null)
            {
                bounds[part] = Number(Next());
            }
            else
            {
                throw Unexpected("a number, ':' or ']'");
            }
        }

        var close = Next();
        if (part == 0)
        {
            return new ThenNode(
                left, new IndexNode(bounds[0] ?? throw JmesPathException.Syntax(source, close.Offset, "The index is missing.")));
        }

        if (bounds[2] == 0)
        {
            throw new JmesPathException("invalid-value", "The step of a slice can't be 0.", source, close.Offset);
        }

        return new ProjectionNode(ProjectionKind.List, new ThenNode(left, new SliceNode(bounds[0], bounds[1], bounds[2] ?? 1)),
            ProjectionRight(Power(JmesTokenKind.Star)));
    }

    private long Number(JmesToken token) =>
        long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= int.MaxValue
            ? number
            : throw JmesPathException.Syntax(source, token.Offset, "That is no index.");

    private JmesNode ProjectionRight(int power)
    {
        if (Power(Current.Kind) < ProjectionStop)
        {
            return new CurrentNode();
        }

        switch (Current.Kind)
        {
            case JmesTokenKind.LeftBracket or JmesTokenKind.Filter:
                return Continued(power);
            case JmesTokenKind.Dot:
                _at++;
                return DotRight(power);
            default:
                throw Unexpected("'.', '[' or an operator");
        }
    }

    // What follows a projection begins with the item itself: '[0]' behind '[*]' is the first of each.
    private JmesNode Continued(int power) => Expression(power);

    private JmesNode DotRight(int power)
    {
        switch (Current.Kind)
        {
            case JmesTokenKind.Identifier or JmesTokenKind.QuotedIdentifier or JmesTokenKind.Star:
                return Expression(power);
            case JmesTokenKind.LeftBracket:
                _at++;
                return MultiList();
            case JmesTokenKind.LeftBrace:
                _at++;
                return MultiObject();
            default:
                throw Unexpected("a name, '*', '[' or '{' behind '.'");
        }
    }

    private MultiListNode MultiList()
    {
        var items = new List<JmesNode>();
        do
        {
            items.Add(Expression(0));
        }
        while (TryTake(JmesTokenKind.Comma));

        Expect(JmesTokenKind.RightBracket, "',' or ']'");
        return new MultiListNode([.. items]);
    }

    private MultiObjectNode MultiObject()
    {
        var members = new List<(string, JmesNode)>();
        do
        {
            var name = Next();
            if (name.Kind is not (JmesTokenKind.Identifier or JmesTokenKind.QuotedIdentifier))
            {
                _at--;
                throw Unexpected("a name");
            }

            Expect(JmesTokenKind.Colon, "':'");
            members.Add((name.Text, Expression(0)));
        }
        while (TryTake(JmesTokenKind.Comma));

        Expect(JmesTokenKind.RightBrace, "',' or '}'");
        return new MultiObjectNode([.. members]);
    }

    private LetNode Let()
    {
        var bindings = new List<(string, JmesNode)>();
        do
        {
            var name = Current;
            Expect(JmesTokenKind.Variable, "a variable, such as $x");
            Expect(JmesTokenKind.Assign, "'='");
            bindings.Add((name.Text, Expression(0)));
        }
        while (TryTake(JmesTokenKind.Comma));

        if (Current is not { Kind: JmesTokenKind.Identifier, Text: "in" })
        {
            throw Unexpected("'in'");
        }

        _at++;
        return new LetNode([.. bindings], Expression(0));
    }

    private FunctionNode Call(JmesToken name)
    {
        _at++;
        var arguments = new List<JmesNode>();
        if (!TryTake(JmesTokenKind.RightParen))
        {
            do
            {
                arguments.Add(TryTake(JmesTokenKind.Expression) ? new ExpressionNode(Expression(0)) : Expression(0));
            }
            while (TryTake(JmesTokenKind.Comma));

            Expect(JmesTokenKind.RightParen, "',' or ')'");
        }

        if (JmesFunctions.Find(name.Text) is not { } function)
        {
            throw new JmesPathException("unknown-function",
                $"There is no function '{name.Text}'.{NearMiss.Hint(name.Text, JmesFunctions.Names)}", source, name.Offset);
        }

        return arguments.Count >= function.Least && arguments.Count <= function.Most
            ? new FunctionNode(function, [.. arguments], name.Offset)
            : throw new JmesPathException(
                "invalid-arity", $"'{name.Text}' takes {function.Arity}, not {arguments.Count}.", source, name.Offset);
    }

    private JmesToken Next()
    {
        var token = Current;
        if (token.Kind != JmesTokenKind.End)
        {
            _at++;
            return token;
        }

        throw Unexpected("more");
    }

    private bool TryTake(JmesTokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(JmesTokenKind kind, string wanted)
    {
        if (!TryTake(kind))
        {
            throw Unexpected(wanted);
        }
    }

    private JmesPathException Unexpected(string wanted) => JmesPathException.Syntax(
        source,
        Current.Offset,
        Current.Kind == JmesTokenKind.End
            ? $"The expression ends where {wanted} is expected."
            : $"Expected {wanted}, but found "
                + $"'{Current.Text.Clip(41)}'.{(Current.Kind == JmesTokenKind.Assign ? " Write '==' to compare." : "")}");
}
