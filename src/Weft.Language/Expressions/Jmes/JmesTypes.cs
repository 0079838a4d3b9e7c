namespace Weft.Language.Expressions.Jmes;

/// <summary>The types that an argument may have.</summary>
[Flags]
internal enum JmesTypes
{
    None = 0,
    Number = 1,
    String = 2,
    Boolean = 4,
    Array = 8,
    Object = 16,
    Null = 32,
    Expression = 64,
    Numbers = 128,
    Strings = 256,
    Any = Number | String | Boolean | Array | Object | Null,
}
