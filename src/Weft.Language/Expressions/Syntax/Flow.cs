namespace Weft.Language.Expressions.Syntax;

/// <summary>Why a block ended.</summary>
internal enum Flow
{
    Next,
    Continue,
    Break,
}
