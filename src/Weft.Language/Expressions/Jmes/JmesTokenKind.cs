namespace Weft.Language.Expressions.Jmes;

internal enum JmesTokenKind
{
    End, Identifier, QuotedIdentifier, Variable, Literal, RawString, Number,
    Dot, Star, Flatten, Filter, LeftBracket, RightBracket, LeftBrace, RightBrace, LeftParen, RightParen,
    Comma, Colon, Pipe, Or, And, Not, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Current, Expression, Assign,
}
