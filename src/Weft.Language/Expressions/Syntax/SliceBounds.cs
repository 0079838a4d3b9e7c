namespace Weft.Language.Expressions.Syntax;

internal sealed record SliceBounds(Expr? Start, Expr? Stop, Expr? Step);
