namespace Weft.Language.Schemas;

/// <summary>What a schema asks about, so that a check need not look for each of the fifty keywords.</summary>
[Flags]
internal enum KeywordGroups
{
    None = 0,

    /// <summary>It has an identity of its own: <c>$id</c>.</summary>
    Identity = 1,

    /// <summary><c>$ref</c> and <c>$dynamicRef</c>.</summary>
    Reference = 2,

    /// <summary><c>type</c>, <c>enum</c> and <c>const</c>.</summary>
    AnyType = 4,

    /// <summary>Whole schemas for the same value.</summary>
    Combination = 8,

    Object = 16,
    Array = 32,

    /// <summary>What asks about texts, but for <c>format</c>.</summary>
    Text = 64,
    Format = 128,
    Number = 256,

    /// <summary><c>unevaluatedProperties</c> and <c>unevaluatedItems</c>.</summary>
    Unevaluated = 512,

    /// <summary>The groups that a dialect without the validation vocabulary lacks as a whole.</summary>
    Validation = AnyType | Text | Number,
}
