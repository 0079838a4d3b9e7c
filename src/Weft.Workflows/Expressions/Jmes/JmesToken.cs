namespace Weft.Workflows.Expressions.Jmes;

internal enum JmesTokenKind
{
    End, Identifier, QuotedIdentifier, Variable, Literal, RawString, Number,
    Dot, Star, Flatten, Filter, LeftBracket, RightBracket, LeftBrace, RightBrace, LeftParen, RightParen,
    Comma, Colon, Pipe, Or, And, Not, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Current, Expression, Assign,
}

/// <summary>A token of a JMESPath expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its name or text, decoded.</param>
/// <param name="Offset">Where it begins.</param>
internal readonly record struct JmesToken(JmesTokenKind Kind, string Text, int Offset);
