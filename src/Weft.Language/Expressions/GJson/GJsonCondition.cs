namespace Weft.Language.Expressions.GJson;

/// <summary><c>path operator value</c>; without an operator, the path must lead somewhere.</summary>
internal sealed record GJsonCondition(GJsonSegment[] Path, string Operator, GJsonLiteral? Literal);
