namespace Weft.Language.Expressions.Syntax;

internal enum BinaryOperator
{
    Add, Subtract, Multiply, Divide, FloorDivide, Remainder, Power, Concat,
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, In, NotIn,
}
