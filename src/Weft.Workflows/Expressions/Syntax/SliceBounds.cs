namespace Weft.Workflows.Expressions.Syntax;

internal sealed record SliceBounds(Expr? Start, Expr? Stop, Expr? Step);
