namespace Weft.Language.Expressions.GJson;

internal enum GJsonSegmentKind
{
    /// <summary>A member's name, or an index.</summary>
    Name,
    /// <summary><c>#</c>: the length, or what follows of every item.</summary>
    Each,
    /// <summary><c>#(query)</c></summary>
    First,
    /// <summary><c>#(query)#</c></summary>
    All,
}
