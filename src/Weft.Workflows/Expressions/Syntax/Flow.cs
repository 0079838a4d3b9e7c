namespace Weft.Workflows.Expressions.Syntax;

/// <summary>Why a block ended.</summary>
internal enum Flow
{
    Next,
    Continue,
    Break,
}
