namespace Weft.Language.Expressions.Syntax;

/// <summary>One step of a path: a name or an index that is known, one that is computed, or a slice.</summary>
internal readonly record struct PathSegment(string? Name, Expr? Key, SliceBounds? Slice);
