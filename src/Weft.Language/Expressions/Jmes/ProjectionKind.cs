namespace Weft.Language.Expressions.Jmes;

/// <summary>What a projection goes over.</summary>
internal enum ProjectionKind
{
    /// <summary>The items of a list.</summary>
    List,
    /// <summary>The values of an object.</summary>
    Object,
}
